/**
 * The folder of the synthesis of the source as it stands: `cdk.out`, made anew where it
 * is absent or something it is made of was changed since. Says so, for it takes a while.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'cdk.out');
const madeOf = ['infra', 'functions', 'events', 'domain', 'cdk.json', 'package-lock.json'];

export const currentAssembly = async (say: (line: string) => void): Promise<string> => {
  const manifest = join(folder, 'manifest.json');
  const madeAt = existsSync(manifest) ? statSync(manifest).mtimeMs : undefined;
  const changedAt = Math.max(...madeOf.map((path) => changedIn(join(root, path))));
  if (madeAt !== undefined && madeAt > changedAt) {
    say('running the templates and bundles in cdk.out');
    return folder;
  }
  say(
    `${madeAt === undefined ? 'there is no cdk.out' : 'cdk.out is older than the source'}: bundling and synthesising`,
  );
  await promisify(execFile)(process.execPath, [join(root, 'infra/synth.ts')], { cwd: root });
  return folder;
};

/** When a file, or a file below a folder, was changed last. */
const changedIn = (path: string): number =>
  statSync(path).isDirectory()
    ? Math.max(
        ...readdirSync(path, { recursive: true, withFileTypes: true }).map((each) =>
          each.isFile() ? statSync(join(each.parentPath, each.name)).mtimeMs : 0,
        ),
      )
    : statSync(path).mtimeMs;
