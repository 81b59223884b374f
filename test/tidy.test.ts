/**
 * The rules of STYLE.md that no other tool can check: names, lengths, opening comments, registries.
 * An exception is a line here with its reason, and goes as soon as it is needed no more.
 */
import { describe, expect, it } from 'vitest';
import { moduleNames } from './tidy/module-names.ts';
import { type SourceFile, pathsEnding, readText, sourceFiles } from './tidy/source-files.ts';

const files = sourceFiles();
const isTest = (path: string): boolean => path.endsWith('.test.ts');
const isStory = (path: string): boolean => path.startsWith('test/stories/') && isTest(path);
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Each complaint of a rule, with the file it is about. */
const complaints = (rule: (file: SourceFile) => readonly string[]): string[] =>
  files.flatMap((file) => rule(file).map((complaint) => `${file.path}: ${complaint}`));

const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([match]) => match.trim());

it('finds the source at all', () => {
  expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['domain/assert.ts', 'test/tidy.test.ts']));
});

describe('files', () => {
  it('open by saying what they are', () => {
    const isSaid = ({ path, text }: SourceFile): boolean =>
      isStory(path) || text.replace(/^#!.*\n/, '').startsWith('/**');
    expect(complaints((file) => (isSaid(file) ? [] : ['opens with no /** comment']))).toEqual([]);
  });

  it('are short', () => {
    const mayBeLong: Readonly<Record<string, string>> = {};
    const long = files.filter(({ text }) => text.split('\n').length > 251).map(({ path }) => path);
    expect(long.sort()).toEqual(Object.keys(mayBeLong).sort());
  });

  it('are named in kebab case', () => {
    const kebab = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|tsx|mjs|cjs)$/;
    expect(complaints(({ path }) => (kebab.test(nameOf(path)) ? [] : ['is not in kebab case']))).toEqual([]);
  });

  it('have names that say what a thing is', () => {
    const anywhere = /(^|[/.-])(utils?|helpers?|misc|managers?)([/.-]|$)/;
    const alone = /(^|\/)(common|shared|services?)([/.]|$)/;
    expect(complaints(({ path }) => (anywhere.test(path) || alone.test(path) ? ['names no thing'] : []))).toEqual([]);
  });

  it('are named for their main export', () => {
    const mayDiffer: Readonly<Record<string, string>> = {
      'functions/handlers/api.ts': 'a Lambda entry: named for the function, which AWS calls by the name handler',
    };
    const plain = (name: string): string => name.replaceAll('-', '').toLowerCase();
    const misnamed = files
      .filter(({ path }) => path.endsWith('.ts') && !isTest(path) && nameOf(path) !== 'index.ts')
      .filter((file) => {
        const { exports } = moduleNames(file);
        if (exports.filter(({ kind }) => kind === 'value').length !== 1) return false; // a family of functions
        // `credits.ts` may export `applyCredits`, `batches.ts` the `batchOperations`, `package.ts` what cannot be called `package`.
        const stem = plain(nameOf(file.path).replace(/\..*$/, '')).replace(/e?s$/, '');
        return !exports.some(({ name }) => plain(name).includes(stem));
      })
      .map(({ path }) => path);
    expect(misnamed.sort()).toEqual(Object.keys(mayDiffer).sort());
  });
});

describe('text', () => {
  // Written with brackets so that this line is none itself.
  const notes = /\b(?:T[O]DO|FIX[M]E)\b.*/g;

  it('leaves no notes to self', () => {
    expect(complaints(({ text }) => found(text, notes))).toEqual([]);
  });

  it('names no machine', () => {
    const paths = pathsEnding('.ts', '.tsx', '.mjs', '.cjs', '.md', '.json', '.yml', '.html').filter(
      (path) => path !== 'package-lock.json',
    );
    const machine = /(?<![\w.$}:/-])\/(work|home|root|Users|tmp)\/\S+/g;
    const named = paths.flatMap((path) => found(readText(path), machine).map((match) => `${path}: ${match}`));
    expect(named).toEqual([]);
  });

  it('switches off a lint rule only with the reason beside it', () => {
    const off = /(?:eslint-disable|@ts-expect-error|@ts-ignore|@ts-nocheck|prettier-ignore)(?!.*-- \S).*/g;
    const typeTest = /@ts-expect-error:? \S+/;
    expect(
      complaints(({ path, text }) =>
        path === 'test/tidy.test.ts' ? [] : found(text, off).filter((match) => !typeTest.test(match)),
      ),
    ).toEqual([]);
  });
});

describe('imports', () => {
  it('across top folders are spelled #folder/…', () => {
    const leaves = (path: string, specifier: string): boolean =>
      found(specifier, /\.\.\//g).length >= path.split('/').length - 1;
    const relative = (file: SourceFile): string[] =>
      moduleNames(file).specifiers.filter(
        (one) => one.startsWith('../') && file.path.includes('/') && leaves(file.path, one),
      );
    expect(complaints(relative)).toEqual([]);
  });
});

describe('tests', () => {
  const tests = files.filter(({ path }) => isTest(path));
  const rule = (pattern: RegExp): string[] =>
    tests.flatMap(({ path, text }) => found(text, pattern).map((match) => `${path}: ${match}`));

  it('are never narrowed to one, nor only promised', () => {
    expect(rule(/\b(?:it|test|describe)\.(?:only|todo)\b.*|\bf(?:it|describe)\(.*/g)).toEqual([]);
  });

  it('are skipped only with the reason in the name', () => {
    expect(
      rule(/\b(?:it|test|describe)\.(?:skip|skipIf|runIf|fails)\b(?!.*\b(?:because|until|where|when|only)\b).*/g),
    ).toEqual([]);
  });

  it('are named for what they hold', () => {
    const kinds = /^[a-z0-9-]+(\.(laws|story|contract|types))?\.test\.ts$/;
    expect(tests.map(({ path }) => nameOf(path)).filter((name) => !kinds.test(name))).toEqual([]);
  });

  it('lie where vitest looks', () => {
    const seen = /^(domain|events|functions|infra|local|bench|test|sdk)\//;
    expect(tests.map(({ path }) => path).filter((path) => !seen.test(path))).toEqual([]);
  });
});

describe('registries', () => {
  /** A folder `x` with a file `x.ts` of its own is a registered thing; its registry imports it. */
  const unregistered = (folder: string): string[] => {
    const named = files.flatMap(({ path }) =>
      [...path.matchAll(new RegExp(`^${folder}/([^/]+)/\\1\\.ts$`, 'g'))].map(([, name = '']) => name),
    );
    const registry = files.find(({ path }) => path === `${folder}/index.ts`)?.text ?? '';
    return named.filter((name) => !registry.includes(`'./${name}/${name}.ts'`));
  };

  it('hold every pricing model', () => {
    const noModels = ['adjusters']; // a registry of its own
    expect(files.some(({ path }) => path === 'domain/pricing/index.ts')).toBe(true);
    expect(unregistered('domain/pricing').filter((name) => !noModels.includes(name))).toEqual([]);
  });

  it('hold every industry', () => {
    expect(unregistered('domain/industries')).toEqual([]);
  });
});
