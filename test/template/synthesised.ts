/**
 * What would be deployed of the source as it stands, bundled and synthesised into a
 * folder of its own, and ways to take something out of it.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { present } from '#domain/assert.ts';
import { bundleHandlers } from '#infra/bundles/bundle-handlers.ts';
import { countinghouse } from '#infra/countinghouse.ts';
import type { Json } from '#local/api-client.ts';
import { type Assembly, readAssembly } from '#local/template/assembly.ts';

export interface Synthesised {
  readonly assembly: Assembly;
  readonly folder: string;
}

export const synthesised = async (): Promise<Synthesised> => {
  const folder = mkdtempSync(join(tmpdir(), 'countinghouse-synthesised-'));
  const bundles = await bundleHandlers(join(folder, 'functions'));
  const outdir = join(folder, 'cdk.out');
  countinghouse(bundles, { outdir, rules: false }).app.synth();
  return { assembly: readAssembly(outdir), folder };
};

/** The resources of one type whose logical names begin so, of a copy that may be changed. */
export type Find = (type: string, beginning: string) => readonly Json[];

/** The assembly with a change made to it. */
export const changed = (assembly: Assembly, change: (find: Find) => void): Assembly => {
  const copy = structuredClone(assembly);
  for (const { template } of copy.stacks) {
    change((type, beginning) =>
      Object.entries<Json>(template.Resources as Json)
        .filter(([id, { Type }]) => Type === type && id.startsWith(beginning))
        .map(([, resource]) => resource),
    );
  }
  return copy;
};

/** Without one action in the policy whose logical name begins so; it must have been there. */
export const withoutGrant = (assembly: Assembly, policy: string, action: string): Assembly => {
  let taken = 0;
  const result = changed(assembly, (find) => {
    for (const { Properties } of find('AWS::IAM::ManagedPolicy', policy)) {
      const { PolicyDocument } = Properties;
      const kept = PolicyDocument.Statement.filter(({ Action }: Json) => ![Action].flat().includes(action));
      taken += PolicyDocument.Statement.length - kept.length;
      PolicyDocument.Statement = kept;
    }
  });
  present(taken > 0 ? taken : undefined, `${policy} allows ${action}`);
  return result;
};
