/**
 * The file format of log and snapshot: one entry a line, each line led by the CRC-32 of its JSON.
 * A line is complete or it does not count, so an entry is never half there.
 */
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Entry } from './database.ts';

const CHECKSUM = 8;
const checksum = (body: string | Uint8Array): string => crc32(body).toString(16).padStart(CHECKSUM, '0');

export function encodeLine(entry: Entry): string {
  const body = JSON.stringify(entry);
  return `${checksum(body)}${body}\n`;
}

/**
 * Feeds every entry of a file to `apply` and returns the length of the good part in bytes. The rest, if any, is what a
 * kill tore: a last line cut short. A bad line with good ones after it was not torn but damaged, and is thrown.
 */
export function readLines(
  file: string,
  apply: (entry: Entry) => void,
): { readonly good: number; readonly size: number } {
  const bytes = readFileSync(file);
  let good = 0;
  while (good < bytes.length) {
    const end = bytes.indexOf(0x0a, good);
    const body = bytes.subarray(good + CHECKSUM, end);
    if (end < 0) break;
    if (bytes.toString('latin1', good, good + CHECKSUM) !== checksum(body)) {
      if (bytes.indexOf(0x0a, end + 1) >= 0) throw new Error(`${file} is damaged at byte ${good}`);
      break;
    }
    apply(JSON.parse(body.toString('utf8')) as Entry);
    good = end + 1;
  }
  return { good, size: bytes.length };
}
