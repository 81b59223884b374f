/** The packages that production runs on: our dependencies and all that they bring along, as installed. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './source-files.ts';

export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

export const packageJsonIn = (folder: string): PackageJson =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;

export const installedPackage = (name: string): PackageJson => packageJsonIn(join(root, 'node_modules', name));

export const runtimePackages = (): PackageJson[] => {
  const reached = new Map<string, PackageJson>();
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const name of Object.keys(packageJsonIn(folder).dependencies ?? {})) {
      const needed = folderOf(name, folder);
      if (reached.has(needed)) continue;
      reached.set(needed, packageJsonIn(needed));
      waiting.push(needed);
    }
  }
  return [...reached.values()];
};

/** Where Node finds a package from a folder: in the nearest node_modules upwards. */
const folderOf = (name: string, from: string): string => {
  const here = join(from, 'node_modules', name);
  if (existsSync(join(here, 'package.json'))) return here;
  const above = dirname(from);
  if (above === from) throw new Error(`${name} is not installed: run npm ci`);
  return folderOf(name, above);
};
