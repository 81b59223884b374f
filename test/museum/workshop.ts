/**
 * A copy of the source in a folder of its own, where a patch can be put in and taken out
 * again. The packages are linked, not copied, and the tree it was copied from is never
 * touched.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Workshop {
  readonly folder: string;
  putIn(patchFile: string): Promise<void>;
  takeOut(patchFile: string): Promise<void>;
  close(): void;
}

const sources = ['bench', 'domain', 'events', 'functions', 'infra', 'local', 'test'];
const settings = /^(package\.json|tsconfig\.json|(vitest|eslint)\.config\.[a-z]+)$/;

export const openWorkshop = (tree: string): Workshop => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countinghouse-museum-')));
  for (const name of readdirSync(tree))
    if (sources.includes(name) || settings.test(name))
      cpSync(join(tree, name), join(folder, name), { recursive: true });
  symlinkSync(join(tree, 'node_modules'), join(folder, 'node_modules'));

  const apply = async (patchFile: string, ...how: readonly string[]) => {
    // Were the folder inside a repository, git would look for the files from that one's root and find none.
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder) };
    await run('git', ['apply', ...how, patchFile], { cwd: folder, env });
  };
  return {
    folder,
    putIn: (patchFile) => apply(patchFile),
    takeOut: (patchFile) => apply(patchFile, '--reverse'),
    close: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
