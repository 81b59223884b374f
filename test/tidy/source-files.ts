/**
 * The project's own source files, read once: every .ts, .tsx, .mjs and .cjs outside what tools
 * install or build. Paths are relative to the root, with slashes, in order.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export const root = join(import.meta.dirname, '../..');

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Paths of all files under the root whose name ends in one of these, for rules that reach beyond source. */
export const pathsEnding = (...endings: readonly string[]): string[] =>
  filesIn('')
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort();

export const sourceFiles = (): SourceFile[] =>
  pathsEnding('.ts', '.tsx', '.mjs', '.cjs').map((path) => ({ path, text: readText(path) }));

const notOurs = new Set(['node_modules', '.git', 'dist', 'cdk.out', '.data']);

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(path) : [path];
  });
