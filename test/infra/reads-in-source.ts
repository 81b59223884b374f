/** What the source in each function's bundle reads of the books, by the words of the port `books`. */
import { build } from 'esbuild';
import { bundling } from '#infra/bundles/bundle-handlers.ts';
import { type FunctionName, functionNeeds } from '#infra/needs/function-needs.ts';
import { readText } from '#test/tidy/source-files.ts';

type Verb = 'get' | 'getAll' | 'list' | 'due' | 'index';
export type ReadsInSource = Readonly<Partial<Record<Verb, readonly string[]>>>;

const filesByFunction = async (): Promise<ReadonlyMap<FunctionName, readonly string[]>> => {
  const { metafile } = await build({
    ...bundling,
    entryPoints: functionNeeds.map(({ name }) => `functions/handlers/${name}.ts`),
    outdir: 'dist',
    write: false,
    metafile: true,
  });
  const outputs = Object.values(metafile.outputs);
  return new Map(
    functionNeeds.map(({ name }) => {
      const own = outputs.find(({ entryPoint }) => entryPoint === `functions/handlers/${name}.ts`);
      const files = Object.entries(own?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) =>
        path.startsWith('functions/') && !path.startsWith('functions/adapters/') && bytesInOutput > 0 ? [path] : [],
      );
      return [name, files] as const;
    }),
  );
};

/** `books.get('customer', …)`, `books.list(['meter'], …)`, `indexPage(books, 'run', …)`, `books.part(…)`. */
const readsOf = (text: string): readonly (readonly [Verb, string])[] => [
  ...[...text.matchAll(/books\.(get|getAll|due|index)\(\s*'(\w+)'/g)].map(
    ([, verb, kind]) => [verb as Verb, kind ?? ''] as const,
  ),
  ...[...text.matchAll(/books\.list\(\s*\[([^\]]+)\]/g)].flatMap(([, kinds = '']) =>
    [...kinds.matchAll(/'(\w+)'/g)].map(([, kind]) => ['list', kind ?? ''] as const),
  ),
  ...[...text.matchAll(/indexPage\(\s*books,\s*'(\w+)'/g)].map(([, list]) => ['index', list ?? ''] as const),
  ...(/books\.part\(/.test(text) ? ([['list', 'part']] as const) : []),
];

/** Calls that this reading does not understand; whoever adds one spells the kind out or teaches it here. */
const callsNotUnderstood = (text: string): readonly string[] =>
  [...text.matchAll(/books\.(?:get|getAll|due|index|list)\((?!\s*\[?\s*').*/g)].map(([call]) => call);

export const readsInSource = async (): Promise<{
  readonly reads: ReadonlyMap<FunctionName, ReadsInSource>;
  readonly notUnderstood: readonly string[];
}> => {
  const files = await filesByFunction();
  const notUnderstood = new Set<string>();
  const reads = new Map<FunctionName, ReadsInSource>();
  for (const { name, checksApiKeys } of functionNeeds) {
    const found = new Map<Verb, Set<string>>();
    for (const path of files.get(name) ?? []) {
      // In every bundle, and run where a door asks for keys.
      if (path === 'functions/runtime/authorize.ts' && !checksApiKeys) continue;
      const text = readText(path);
      for (const call of callsNotUnderstood(text)) notUnderstood.add(`${path}: ${call}`);
      for (const [verb, kind] of readsOf(text)) found.set(verb, (found.get(verb) ?? new Set()).add(kind));
    }
    reads.set(name, Object.fromEntries([...found].map(([verb, kinds]) => [verb, [...kinds].sort()])));
  }
  return { reads, notUnderstood: [...notUnderstood] };
};
