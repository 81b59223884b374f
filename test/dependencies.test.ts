/**
 * Every package is pinned, installed as pinned and has its line of reason in decisions/, and all
 * that production runs on carries a permissive licence.
 */
import { describe, expect, it } from 'vitest';
import { installedPackage, packageJsonIn, runtimePackages } from './tidy/runtime-packages.ts';
import { readText, root } from './tidy/source-files.ts';

const { dependencies = {}, devDependencies = {}, overrides = {} } = packageJsonIn(root);
const declared = { ...dependencies, ...devDependencies };

/** `1.2.3`, or another package's version under this name: `npm:typescript@1.2.3`. */
const pin = /^(?:npm:@?[\w./-]+@)?(\d+\.\d+\.\d+)$/;

it('every version is pinned exactly', () => {
  const loose = Object.entries({ ...declared, ...overrides }).filter(([, version]) => !pin.test(version));
  expect(loose).toEqual([]);
});

it('what is installed is what is pinned', () => {
  const installed = Object.keys(declared).map((name) => [name, installedPackage(name).version]);
  const pinned = Object.entries(declared).map(([name, version]) => [name, pin.exec(version)?.[1]]);
  expect(installed).toEqual(pinned);
});

describe('decisions/0001-dependencies.md', () => {
  const rows = [...readText('decisions/0001-dependencies.md').matchAll(/^\| `([^`]+)` +\| (.+?) +\| (.+?) +\|$/gm)].map(
    ([, name = '', reason = '', licence = '']) => ({ name, reason, licence }),
  );

  it('has one line for every package, and none for a package gone', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(declared).sort());
    expect(rows.filter(({ reason }) => reason.trim() === '')).toEqual([]);
  });

  it('states the licence that the package states', () => {
    const stated = rows.filter(({ name }) => name in declared).map(({ name, licence }) => `${name}: ${licence}`);
    const theirs = rows
      .filter(({ name }) => name in declared)
      .map(({ name }) => `${name}: ${installedPackage(name).license ?? 'none'}`);
    expect(stated).toEqual(theirs);
  });
});

describe('licences of what production runs on', () => {
  const permissive = [
    'MIT',
    'MIT-0',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'MIT AND OFL-1.1',
  ];
  /** Packages whose package.json states none, and where the licence is stated instead. */
  const statedElsewhere: Readonly<Record<string, string>> = {
    'png-js': 'MIT, in its LICENSE file (it comes with pdfkit)',
  };
  const packages = runtimePackages();

  it('are permissive, all the way down', () => {
    expect(packages.length).toBeGreaterThan(Object.keys(dependencies).length);
    const others = packages.filter(
      ({ name, license }) => !permissive.includes(license ?? '') && !(name in statedElsewhere),
    );
    expect(others.map(({ name, license }) => `${name}: ${license ?? 'none'}`)).toEqual([]);
  });

  it('are stated elsewhere only where they are stated nowhere else', () => {
    const silent = packages.filter(({ license }) => license === undefined).map(({ name }) => name);
    expect(silent.sort()).toEqual(Object.keys(statedElsewhere).sort());
  });
});
