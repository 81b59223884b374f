/**
 * The whole deployment as a CDK app: two stacks, held to five rule packs. Made alike
 * by `cdk deploy`, `npm run synth` and the tests.
 */
import { readFileSync } from 'node:fs';
import { App, type Stack } from 'aws-cdk-lib';
import type { Bundle } from './bundles/bundle-handlers.ts';
import { deploymentOf } from './deployment.ts';
import { holdToRules } from './rules/rule-packs.ts';
import { statefulStack } from './stateful/stateful-stack.ts';
import { statelessStack } from './stateless/stateless-stack.ts';

export interface Countinghouse {
  readonly app: App;
  readonly stacks: { readonly stateful: Stack; readonly stateless: Stack };
}

const settings = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as {
  readonly context: Readonly<Record<string, unknown>>;
};

/** Context given on the command line comes before what cdk.json says; `outdir` is where the templates go; without `rules` nothing is acknowledged or held to. */
export const countinghouse = (
  bundles: readonly Pick<Bundle, 'name' | 'folder'>[],
  { outdir, rules = true }: { readonly outdir?: string; readonly rules?: boolean } = {},
): Countinghouse => {
  const app = new App({
    context: settings.context,
    analyticsReporting: false,
    ...(outdir === undefined ? {} : { outdir }),
  });
  const stateful = statefulStack(app);
  const stateless = statelessStack(app, stateful, bundles, deploymentOf(app));
  if (rules) holdToRules(app);
  return { app, stacks: { stateful: stateful.stack, stateless } };
};
