/**
 * Lint: typescript-eslint's strict rules with types, and the house rules of STYLE.md that
 * grammar can tell. Who may import whom is .dependency-cruiser.cjs; names, lengths and
 * opening comments are test/tidy.test.ts.
 */
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const sources = ['{domain,events,functions,infra,local,bench,test,sdk}/**/*.ts'];
const tests = ['**/*.test.ts', 'test/**/*.ts', 'bench/**/*.ts'];
/** Where the outside world is met: chance and the clock come from here, and go in as values. */
const edges = ['functions/adapters/**/*.ts', 'local/**/*.ts', ...tests];

const everywhere = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name (a default export has none to search for).' },
  {
    selector: "ImportDeclaration[source.value='zod'] > :matches(ImportSpecifier, ImportDefaultSpecifier)",
    message: "Write import * as z from 'zod': a named import bundles five times as much.",
  },
];

const ownTime = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take the time as `now` (I40): only adapters read the clock.',
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Take the time as `now` (I40): only adapters read the clock.',
  },
  {
    selector: "MemberExpression[object.name='Temporal'][property.name='Now']",
    message: 'Take the time as `now` (I40): only adapters read the clock.',
  },
  {
    selector: "MemberExpression[object.name='performance'][property.name='now']",
    message: 'Take the time as `now` (I40): only adapters read the clock.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Chance comes in as a value (I40).',
  },
  {
    selector: ":matches(MemberExpression[property.name='randomUUID'], ImportSpecifier[imported.name='randomUUID'])",
    message: 'Ids come from the Ids port (I40).',
  },
];

const onlyAtTheEdge = [
  {
    selector: 'CatchClause',
    message: 'Return a refusal or let it throw: only the runtime and the adapters catch.',
  },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Take settings as values: only the runtime and the adapters read the environment.',
  },
];

const noFloats = [
  {
    selector: "CallExpression[callee.name='parseFloat']",
    message: 'A JS number never holds money or a quantity (I15).',
  },
  {
    selector: "MemberExpression[property.name='parseFloat']",
    message: 'A JS number never holds money or a quantity (I15).',
  },
  {
    selector: "MemberExpression[property.name='toFixed']",
    message: 'toFixed rounds a float: print the decimal (I15).',
  },
];

const noNumberOfMoney = [
  {
    selector: "CallExpression[callee.name='Number']",
    message: 'A JS number never holds money or a quantity (I15); where it is a count, say so in a disable comment.',
  },
  {
    selector: "UnaryExpression[operator='+']",
    message: 'A JS number never holds money or a quantity (I15).',
  },
];

const pure = [
  'Date',
  'process',
  'performance',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'console',
];

export default defineConfig(
  { ignores: ['node_modules/', 'cdk.out/', 'dist/', '.data/', 'web/*/dist/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: sources,
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-console': 'error',
      'no-constant-binary-expression': 'error',
      'no-param-reassign': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unmodified-loop-condition': 'error',
      'no-useless-rename': 'error',
      'no-implicit-coercion': ['error', { boolean: false }],
      'object-shorthand': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-definitions': 'error',
      // A figure in a sentence needs no String() around it.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      // A statement of SQL as a tagged template is a call.
      '@typescript-eslint/no-unused-expressions': ['error', { allowTaggedTemplates: true }],
      // A twin in memory keeps the port's promise without waiting for anything.
      '@typescript-eslint/require-await': 'off',
      // A type named once in a signature can still be what lets its caller name it.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      'no-restricted-syntax': ['error', ...everywhere],
    },
  },
  {
    files: ['functions/**/*.ts', 'events/**/*.ts', 'infra/**/*.ts', 'sdk/**/*.ts'],
    ignores: edges,
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...ownTime, ...noFloats] },
  },
  {
    files: ['functions/**/*.ts', 'events/**/*.ts'],
    ignores: [...edges, 'functions/runtime/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...ownTime, ...noFloats, ...onlyAtTheEdge] },
  },
  {
    files: ['domain/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-globals': ['error', ...pure],
      'no-restricted-syntax': ['error', ...everywhere, ...ownTime, ...noFloats, ...onlyAtTheEdge, ...noNumberOfMoney],
    },
  },
  {
    // Here a number is a part of the calendar, never money.
    files: ['domain/time/**/*.ts'],
    ignores: tests,
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...ownTime, ...noFloats, ...onlyAtTheEdge] },
  },
  {
    files: ['functions/adapters/**/*.ts'],
    ignores: tests,
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...noFloats] },
  },
  {
    // What a test is told by a library is for the test to judge; and programs that people run print.
    files: [...tests, 'local/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // An answer of the API is JSON to a test; what it must look like is what the test says.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
