/**
 * Which exhibits the compiler would have refused, and so nobody could have shipped: by
 * patch, with what it says. Patches that touch different files are put in together, so
 * that a few runs of the compiler do for all.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Exhibit, patchFileOf } from './exhibit.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

export const askCompiler = async (
  exhibits: readonly Exhibit[],
  tree: string,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const before = await typeErrors(tree);
  const refused = new Map<string, readonly string[]>();
  for (const batch of batchesOf(exhibits)) {
    const workshop = openWorkshop(tree);
    try {
      const put = await putInAll(batch, workshop);
      const errors = [...(await typeErrors(workshop.folder)).difference(before)];
      for (const one of put) {
        // An error in a file that no patch touches may be any one's doing.
        const blamed = errors.filter((error) => touches(one, error) || !put.some((each) => touches(each, error)));
        if (blamed.length > 0) refused.set(one.patch, blamed);
      }
    } finally {
      workshop.close();
    }
  }
  return refused;
};

interface Patched {
  readonly patch: string;
  readonly files: readonly string[];
}

const touches = ({ files }: Patched, error: string): boolean => files.some((file) => error.startsWith(file));

const batchesOf = (exhibits: readonly Exhibit[]): readonly (readonly Patched[])[] => {
  const batches: Patched[][] = [];
  for (const exhibit of exhibits) {
    const text = readFileSync(patchFileOf(exhibit), 'utf8');
    const files = [...text.matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, file = '']) => file);
    const free = batches.find((batch) => !batch.some((each) => each.files.some((file) => files.includes(file))));
    if (free === undefined) batches.push([{ patch: exhibit.patch, files }]);
    else free.push({ patch: exhibit.patch, files });
  }
  return batches;
};

/** Those that apply; that one does not is said when it is examined. */
const putInAll = async (batch: readonly Patched[], workshop: Workshop): Promise<readonly Patched[]> => {
  const put: Patched[] = [];
  for (const each of batch) {
    await workshop.putIn(patchFileOf(each)).then(
      () => put.push(each),
      () => undefined,
    );
  }
  return put;
};

/** What the compiler says of a folder, without places: a patch that moves lines is no news. */
const typeErrors = (folder: string): Promise<ReadonlySet<string>> =>
  new Promise((resolve) => {
    const tsc = join(folder, 'node_modules', '.bin', 'tsc');
    execFile(tsc, ['--noEmit'], { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (_, stdout) => {
      const errors = stdout.split('\n').filter((line) => line.includes('error TS'));
      resolve(new Set(errors.map((line) => line.replace(/\(\d+,\d+\)/, ''))));
    });
  });
