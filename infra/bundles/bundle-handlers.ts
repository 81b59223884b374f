/**
 * Bundles every handler in one pass of esbuild: ES modules with everything they need
 * inside, one folder a function, which is what Lambda is given. The fonts of bills are
 * files their package finds at run time, so they stand beside the bundles that draw.
 */
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type FunctionName, functionNeeds } from '../needs/function-needs.ts';

const root = join(import.meta.dirname, '../..');

export interface Bundle {
  readonly name: FunctionName;
  readonly folder: string;
  readonly bytes: number;
  readonly gzippedBytes: number;
}

/**
 * The SDK looks for credentials in files, browsers and other services. A Lambda has its
 * role's in its environment, and our clients hand them over; the search stays out.
 */
const noCredentialChain: Plugin = {
  name: 'no-credential-chain',
  setup: (bundle) => {
    const namespace = 'no-credential-chain';
    bundle.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({ path: namespace, namespace }));
    bundle.onLoad({ filter: /./, namespace }, () => ({
      contents: `export const defaultProvider = () => () => Promise.reject(new Error('no credentials in the environment'));`,
    }));
  },
};

/** How every bundle is made, whatever it is made of. */
export const bundling = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minify: true,
  // Names of errors are words of our logs; they are set on the class and survive. Comments of licences go beside.
  legalComments: 'linked',
  // CommonJS builds of the SDK cannot be shaken; its ES modules can.
  mainFields: ['module', 'main'],
  plugins: [noCredentialChain],
  // Packages written in CommonJS ask for Node's own modules by `require`.
  banner: { js: "import{createRequire as asked}from'node:module';const require=asked(import.meta.url);" },
  logLevel: 'error',
} as const satisfies BuildOptions;

export const bundleHandlers = async (into = join(root, 'dist/functions')): Promise<readonly Bundle[]> => {
  rmSync(into, { recursive: true, force: true });
  await build({
    ...bundling,
    entryPoints: functionNeeds.map(({ name }) => ({ in: `functions/handlers/${name}.ts`, out: `${name}/index` })),
    outdir: into,
    outExtension: { '.js': '.mjs' },
  });
  return functionNeeds.map(({ name, uses }) => {
    const folder = join(into, name);
    if (uses.includes('documents')) copyFonts(folder);
    const code = readFileSync(join(folder, 'index.mjs'));
    return { name, folder, bytes: code.length, gzippedBytes: gzipSync(code).length };
  });
};

const fontPackage = 'node_modules/@expo-google-fonts/noto-sans';
const fontFiles = [
  'package.json',
  'LICENSE_FONT',
  '400Regular/NotoSans_400Regular.ttf',
  '700Bold/NotoSans_700Bold.ttf',
];

export const copyFonts = (folder: string): void => {
  for (const file of fontFiles) {
    const to = join(folder, fontPackage, file);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(root, fontPackage, file), to);
  }
};
