/**
 * No dead code: what a file exports, another file imports (a test counts). A type may be exported
 * without a taker as long as its own file uses it, since it then names part of a signature.
 */
import { expect, it } from 'vitest';
import { moduleNames } from './tidy/module-names.ts';
import { sourceFiles } from './tidy/source-files.ts';

/** Exports that somebody outside our source takes, and who that is. */
const takenElsewhere: Readonly<Record<string, string>> = Object.fromEntries(
  ['api', 'billing', 'housekeeping', 'messages', 'money', 'numbers', 'usage'].map((lambda) => [
    `functions/handlers/${lambda}.ts#handler`,
    'AWS Lambda calls it by name',
  ]),
);

const modules = sourceFiles().map(moduleNames);

it('every export has a taker', () => {
  const taken = new Set(modules.flatMap(({ imports }) => imports));
  const dead = modules.flatMap(({ path, exports }) =>
    exports
      .filter(({ kind, usedAtHome }) => kind === 'value' || !usedAtHome)
      .map(({ name }) => `${path}#${name}`)
      .filter((name) => !taken.has(name) && !taken.has(`${path}#*`) && !(name in takenElsewhere)),
  );
  expect(dead).toEqual([]);
});

it('every exception is still one', () => {
  const given = new Set(modules.flatMap(({ path, exports }) => exports.map(({ name }) => `${path}#${name}`)));
  expect(Object.keys(takenElsewhere).filter((name) => !given.has(name))).toEqual([]);
});

it('the reading of names itself tells exports from imports', () => {
  const read = moduleNames({
    path: 'domain/money/sample.ts',
    text: `import { a as b, type C } from '../assert.ts';
      import * as all from './money.ts';
      import whole from '#events/whole.ts';
      import fc from 'fast-check';
      export { d as e } from '#domain/time/day.ts';
      export const { f, g: [h] } = b;
      export interface I { readonly c: C }
      export type J = I;
      export function k(): void {}
      const l = await import('./later.ts');`,
  });
  expect(read.imports).toEqual([
    'domain/assert.ts#a',
    'domain/assert.ts#C',
    'domain/money/money.ts#*',
    'events/whole.ts#default',
    'domain/time/day.ts#d',
    'domain/money/later.ts#*',
  ]);
  expect(read.exports).toEqual([
    { name: 'e', kind: 'value', usedAtHome: false },
    { name: 'f', kind: 'value', usedAtHome: false },
    { name: 'h', kind: 'value', usedAtHome: false },
    { name: 'I', kind: 'type', usedAtHome: true },
    { name: 'J', kind: 'type', usedAtHome: false },
    { name: 'k', kind: 'value', usedAtHome: false },
  ]);
});
