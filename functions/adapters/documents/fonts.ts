/**
 * The font of our documents, embedded in each: Noto Sans (SIL Open Font Licence 1.1),
 * for Latin with Vietnamese, Greek, Cyrillic and Devanagari. It is read from its
 * package, which a bundle must keep beside it as `node_modules`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export interface Fonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

const packageFile = createRequire(import.meta.url).resolve;
let read: Fonts | undefined;

/** Read once a process: 630 kB each. */
export const fonts = (): Fonts =>
  (read ??= {
    regular: readFileSync(packageFile('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf')),
    bold: readFileSync(packageFile('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf')),
  });
