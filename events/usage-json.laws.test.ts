/** Our reading of JSON against that of JSON.parse. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepestNesting, readJson, skipBlanks } from './usage-json.ts';

/** The whole text as one value, or undefined where it is none. */
const readWhole = (text: string): { readonly value: unknown; readonly repeatsKey: boolean } | undefined => {
  const read = readJson(text);
  return 'malformed' in read || skipBlanks(text, read.end) < text.length ? undefined : read;
};

/** What JSON.parse makes of it, with every number that is not written whole and safe as NaN, and without prototypes. */
const parsed = (text: string): { readonly value: unknown } | undefined => {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const exact = (_: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && (/[.eE]/.test(context?.source ?? '') || !Number.isSafeInteger(value))
      ? NaN
      : value === 0
        ? 0
        : value;
  return { value: JSON.parse(text, exact) as unknown };
};

const expectSame = (text: string) => {
  const read = readWhole(text);
  const reference = parsed(text);
  expect(read === undefined, text).toBe(reference === undefined);
  // Compared as texts, since JSON.parse gives prototypes; NaN is told from null by a mark.
  const shown = (value: unknown) =>
    JSON.stringify(value, (_, member: unknown) => (Number.isNaN(member) ? 'NaN' : member));
  expect(shown(read?.value)).toBe(shown(reference?.value));
};

describe('readJson', () => {
  test('reads what JSON.parse reads, but for numbers it would round', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t', ' \n'), (text, blanks) => {
        expectSame(JSON.stringify(JSON.parse(text), undefined, blanks));
      }),
      { numRuns: 3_000 },
    );
  });

  test('agrees on texts that are JSON but for one change', () => {
    const garbage = fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      '.',
      'e',
      '+',
      ' ',
      '\n',
      '\u0000',
      '\\u12',
      '\\ud800',
      't',
      'null',
      '\u00a0',
    );
    const change = fc.tuple(fc.nat(), fc.nat({ max: 2 }), garbage);
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.array(change, { minLength: 1, maxLength: 3 }), (text, changes) => {
        let changed = text;
        for (const [place, removed, put] of changes) {
          const at = place % (changed.length + 1);
          changed = changed.slice(0, at) + put + changed.slice(at + removed);
        }
        expectSame(changed);
      }),
      { numRuns: 10_000 },
    );
  });

  test('agrees on texts of the characters of JSON', () => {
    const mark = fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '1',
      '-',
      '.',
      'e',
      ' ',
      'u',
      '"a"',
      'true',
      'false',
      'null',
      '1e5',
    );
    fc.assert(fc.property(fc.string({ unit: mark, maxLength: 12 }), expectSame), { numRuns: 10_000 });
  });

  test('notices every repeated key and no other', () => {
    const keys = fc.array(fc.constantFrom('a', 'b', 'c', '__proto__', 'toString', '\u0061'), { maxLength: 4 });
    fc.assert(
      fc.property(keys, fc.boolean(), (names, nested) => {
        const object = `{${names.map((name) => `${JSON.stringify(name)}:1`).join(',')}}`;
        expect(readWhole(nested ? `{"x":[${object}]}` : object)?.repeatsKey).toBe(new Set(names).size < names.length);
      }),
    );
    expect(readWhole('{"a":1,"\\u0061":2}')?.repeatsKey).toBe(true);
  });

  test('nests as deep as it says', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(readWhole(nested(deepestNesting))).toBeDefined();
    expect(readJson(nested(deepestNesting + 1))).toMatchObject({ malformed: 'nested deeper than 100' });
  });
});
