/**
 * `npm run synth`: bundles, synthesises both stacks into cdk.out without any network,
 * holds them to the rule packs, and prints what they are made of and how large the
 * bundles are.
 */
import { join } from 'node:path';
import { type Bundle, bundleHandlers } from './bundles/bundle-handlers.ts';
import { countinghouse } from './countinghouse.ts';
import { acknowledgements } from './rules/acknowledgements.ts';
import type { Template } from './template.ts';

/** CloudFormation takes 500; ours stay well below, so that lanes and steps can be added. */
const mostResources = 300;

const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

const bundles = await bundleHandlers();
const { app } = countinghouse(bundles, { outdir: join(import.meta.dirname, '../cdk.out') });
const { stacks } = app.synth();

let total = 0;
for (const stack of stacks) {
  const { Resources } = stack.template as Template;
  const types = Object.values(Resources).map(({ Type }) => Type);
  total += types.length;
  say(`${stack.stackName}: ${types.length} resources`);
  for (const type of [...new Set(types)].sort()) say(`  ${kindCount(types, type)}  ${type}`);
}
say();
say('Bundles, minified (targets: usage 100 kB, those that draw no documents 350 kB)');
for (const bundle of bundles) say(sizeLine(bundle));
say();
say(`Rule packs: 5, findings nobody acknowledged: 0, acknowledgements: ${acknowledgements.length}`);
say(`Resources in all: ${total}, at most ${mostResources}`);
if (total > mostResources) throw new Error(`${total} resources are more than ${mostResources}`);

function kindCount(types: readonly string[], type: string): string {
  return String(types.filter((each) => each === type).length).padStart(4);
}

function sizeLine({ name, bytes, gzippedBytes }: Bundle): string {
  const kb = (size: number): string => `${String(Math.ceil(size / 1000)).padStart(6)} kB`;
  return `  ${name.padEnd(14)}${kb(bytes)}  gzipped ${kb(gzippedBytes)}`;
}
