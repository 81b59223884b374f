/**
 * Who may import whom (STYLE.md, "The tree shows the path"), the order of the folders inside
 * domain/, and where the packages of the outside world may appear. Tests may import anything;
 * an import of a type counts like any other, since it too points somewhere.
 */
const domainOrder = [
  'money',
  'time',
  'usage',
  'pricing',
  'catalog',
  'subscriptions',
  'invoicing',
  'tax',
  'payments',
  'receivables',
  'ledger',
  'restore',
  'audit',
  'industries',
];
const test = '\\.test\\.ts$';
const package_ = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`;
/** Folders of functions/ that are no step. */
const noSteps = ['adapters', 'runtime', 'api', 'handlers', 'records', 'flow'];

/** One rule: files under `from` never import what matches `to`, nor anything that does not match `only`. */
const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: test, ...(typeof from === 'string' ? { path: from } : from) },
  to: typeof to === 'string' ? { path: to } : to,
});

const domainBuildsUpwards = domainOrder
  .slice(0, -1)
  .map((folder, rank) =>
    forbid(
      `domain-${folder}-knows-only-what-is-before-it`,
      `domain/${folder} imports only ${domainOrder.slice(0, rank + 1).join(', ')}.`,
      `^domain/${folder}/`,
      `^domain/(${domainOrder.slice(rank + 1).join('|')})/`,
    ),
  );

module.exports = {
  forbidden: [
    forbid(
      'domain-is-pure',
      'The domain imports itself, zod, temporal-polyfill and canonicalize: no clock, chance, network or AWS (and Node’s hash, see below).',
      '^domain/',
      { pathNot: ['^domain/', '^(node:)?crypto$', package_('zod', 'temporal-polyfill', 'canonicalize')] },
    ),
    ...domainBuildsUpwards,
    forbid(
      'domain-has-an-order',
      'A folder of the domain has its place in the order.',
      `^domain/(?!(?:${domainOrder.join('|')})/)[^/]+/`,
      {},
    ),
    forbid(
      'domain-root-is-below-all-but-money-and-time',
      'The files beside the folders (assert.ts, refusal.ts, …) serve every folder, so they rest on the lowest at most.',
      '^domain/[^/]+$',
      { path: '^domain/[^/]+/', pathNot: '^domain/(money|time)/' },
    ),
    forbid(
      'only-sha256-hashes',
      'A hash is pure, though Node keeps it beside chance: one file of the domain may reach for it.',
      {
        path: '^domain/',
        pathNot: [test, '^domain/sha256\\.ts$'],
      },
      '^(node:)?crypto$',
    ),

    forbid(
      'events-know-the-domain',
      'events/ imports events/ and domain/.',
      '^events/',
      '^(functions|infra|local|bench|test|web|sdk)/',
    ),
    forbid(
      'functions-know-events-and-domain',
      'functions/ imports functions/, events/ and domain/.',
      '^functions/',
      '^(infra|local|bench|test|web|sdk)/',
    ),
    forbid(
      'infra-knows-the-flow',
      'infra/ imports the flow, the words its rows are written in, and the row of the API.',
      '^infra/',
      {
        path: '^(domain|events|functions|local|bench|test|web|sdk)/',
        pathNot: '^functions/(flow[^/]*|lanes|lane-message|ports|records/index|api/grants)(\\.ts$|/)',
      },
    ),
    forbid(
      'local-knows-functions-events-and-domain',
      'local/ imports functions/, events/ and domain/.',
      '^local/',
      '^(infra|bench|test|web|sdk)/',
    ),
    forbid(
      'nobody-needs-tests',
      'Only tests and benches import test/ and bench/.',
      { pathNot: [test, '^(test|bench)/'] },
      '^(test|bench)/',
    ),

    forbid(
      'a-step-sees-the-domain-and-its-contract',
      'A step imports domain/, events/, its contract (step, ports, handle, http, records) and its own folder; adapters come to it as ports.',
      `^functions/(?!(?:${noSteps.join('|')})/)([^/]+)/`,
      {
        pathNot: [
          '^(domain|events)/',
          '^functions/(step|letter-step|ports|handle|http|records)(\\.ts$|/)',
          '^functions/$1/',
          package_('zod'),
        ],
      },
    ),
    forbid(
      'only-the-runtime-holds-adapters',
      'Steps and the API are given their adapters as ports.',
      '^functions/(?!(?:adapters|runtime)/)',
      '^functions/adapters/',
    ),
    forbid(
      'adapters-are-leaves',
      'An adapter knows its port, not who calls it.',
      '^functions/adapters/',
      `^functions/(runtime|api)/`,
    ),

    forbid(
      'only-adapters-speak-to-the-outside',
      '@aws-sdk and stripe are imported under functions/adapters/ (and by the local cloud, tests and benches, which play both sides).',
      { path: '^(domain|events|functions|infra|web|sdk)/', pathNot: [test, '^functions/adapters/'] },
      package_('@aws-sdk', '@smithy', 'stripe'),
    ),
    forbid(
      'only-the-runtime-knows-middy',
      'middy is how Lambda calls us, and stays there; the reference handlers we are measured against use it too.',
      { pathNot: [test, '^functions/runtime/', '^bench/reference/'] },
      package_('@middy'),
    ),
    forbid(
      'only-infra-knows-cdk',
      'The stack is the only word of CDK.',
      { pathNot: [test, '^(infra|test)/'] },
      package_('aws-cdk-lib', 'constructs'),
    ),

    forbid(
      'no-development-packages',
      'What runs in production is a dependency, not a devDependency.',
      '^(domain|events|functions)/',
      {
        dependencyTypes: ['npm-dev'],
        pathNot: '(^|/)node_modules/@types/',
      },
    ),
    {
      ...forbid(
        'no-undeclared-packages',
        'Every package is in package.json.',
        {},
        { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
      ),
      from: {},
    },
    { ...forbid('no-unresolvable', 'Every import leads somewhere.', {}, { couldNotResolve: true }), from: {} },
    {
      ...forbid('no-cycles', 'Two files that need each other are one file, or three.', {}, { circular: true }),
      from: {},
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports and that imports nobody is dead, or the start of something.',
      severity: 'error',
      from: { orphan: true, pathNot: [test, '\\.d\\.ts$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts', '.json'],
    },
    progress: { type: 'none' },
  },
};
