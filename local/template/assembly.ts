/**
 * A cloud assembly, which is what a synthesis leaves behind: the templates in the order
 * they are deployed in, and the folders of code they name. Plain data, so a test can
 * take something out of it and see what then fails.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { present } from '#domain/assert.ts';

export interface Assembly {
  readonly stacks: readonly StackTemplate[];
  /** Folders of code by the key under which a function asks for them. */
  readonly code: Readonly<Record<string, string>>;
}

export interface StackTemplate {
  readonly name: string;
  readonly template: Template;
}

export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

interface Artifact {
  readonly type: string;
  readonly properties?: { readonly templateFile?: string; readonly file?: string };
  readonly dependencies?: readonly string[];
}

interface AssetManifest {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string; readonly packaging: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

/** Reads the folder that `npm run synth` writes. */
export const readAssembly = (folder: string): Assembly => {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const { artifacts } = read('manifest.json') as { readonly artifacts: Readonly<Record<string, Artifact>> };
  const manifests = Object.values(artifacts).flatMap(({ type, properties }) =>
    type === 'cdk:asset-manifest'
      ? [read(present(properties?.file, 'an asset manifest is a file')) as AssetManifest]
      : [],
  );
  return {
    stacks: inOrder(artifacts).map((name) => ({
      name,
      template: read(present(artifacts[name]?.properties?.templateFile, `stack ${name} is a file`)) as Template,
    })),
    code: Object.fromEntries(
      manifests
        .flatMap(({ files }) => Object.values(files))
        .filter(({ source }) => source.packaging === 'zip')
        .flatMap(({ source, destinations }) =>
          Object.values(destinations).map(({ objectKey }) => [objectKey, join(folder, source.path)]),
        ),
    ),
  };
};

/** The names of the stacks, each after those it depends on. */
const inOrder = (artifacts: Readonly<Record<string, Artifact>>): readonly string[] => {
  const ordered = new Set<string>();
  const visit = (name: string): void => {
    for (const needed of artifacts[name]?.dependencies ?? []) visit(needed);
    if (artifacts[name]?.type === 'aws:cloudformation:stack') ordered.add(name);
  };
  Object.keys(artifacts).forEach(visit);
  return [...ordered];
};
