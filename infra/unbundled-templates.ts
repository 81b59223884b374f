/**
 * Both templates, synthesised over a folder that is no bundle: for whoever counts or
 * checks what is deployed, which does not depend on what the code is.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countinghouse } from './countinghouse.ts';
import { functionNeeds } from './needs/function-needs.ts';
import type { Template } from './template.ts';

export interface Templates {
  readonly stateful: Template;
  readonly stateless: Template;
}

export const unbundledTemplates = (): Templates => {
  const outdir = mkdtempSync(join(tmpdir(), 'countinghouse-'));
  const { app, stacks } = countinghouse(
    functionNeeds.map(({ name }) => ({ name, folder: import.meta.dirname })),
    { outdir },
  );
  const assembly = app.synth();
  const templateOf = (name: string) => assembly.getStackByName(name).template as Template;
  const templates = {
    stateful: templateOf(stacks.stateful.stackName),
    stateless: templateOf(stacks.stateless.stackName),
  };
  rmSync(outdir, { recursive: true });
  return templates;
};
