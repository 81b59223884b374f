/**
 * A 128-bit fingerprint of words, mixed in the manner of MurmurHash3: equal bodies
 * have equal fingerprints on any machine, and two different ones share one by chance
 * once in 10^38. It tells changes and repeats apart; it does not withstand someone
 * who builds a collision on purpose, who could only hide a conflict of their own.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- words are read within the count given */

/** Four words, each unsigned 32 bits. */
export type Fingerprint = Uint32Array;

const c1 = 0x239b961b;
const c2 = 0xab0e9789;
const c3 = 0x38b34ae5;
const c4 = 0xa1e38b93;

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

const finish = (word: number): number => {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
};

/**
 * Mixes the first `count` words, a multiple of four, into the fingerprint that stands at `at` of `into`:
 * zeros to begin with, or that of what comes before. `length` is what was meant, in bytes.
 */
export const mixWords = (words: Uint32Array, count: number, into: Fingerprint, at: number, length: number): void => {
  let h1 = into[at]! | 0;
  let h2 = into[at + 1]! | 0;
  let h3 = into[at + 2]! | 0;
  let h4 = into[at + 3]! | 0;
  for (let i = 0; i < count; i += 4) {
    const k1 = words[i]!;
    const k2 = words[i + 1]!;
    const k3 = words[i + 2]!;
    const k4 = words[i + 3]!;
    h1 ^= Math.imul(rotate(Math.imul(k1, c1), 15), c2);
    h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotate(Math.imul(k2, c2), 16), c3);
    h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotate(Math.imul(k3, c3), 17), c4);
    h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotate(Math.imul(k4, c4), 18), c1);
    h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h1 = finish(h1);
  h2 = finish((h2 + h1) | 0);
  h3 = finish((h3 + h1) | 0);
  h4 = finish((h4 + h1) | 0);
  h1 = (h1 + h2 + h3 + h4) | 0;
  into[at] = h1;
  into[at + 1] = h2 + h1;
  into[at + 2] = h3 + h1;
  into[at + 3] = h4 + h1;
};

const scratch = { words: new Uint32Array(64) };

/** Writes the fingerprint of bytes from `start` up to `end` to `into` from `at`. */
export const fingerprintBytes = (bytes: Uint8Array, start: number, end: number, into: Fingerprint, at = 0): void => {
  const count = ((end - start + 15) >> 4) * 4;
  if (scratch.words.length < count) scratch.words = new Uint32Array(count * 2);
  const { words } = scratch;
  for (let i = 0; i < count; i++) {
    const from = start + i * 4;
    let word = 0;
    for (let byte = 0; byte < 4 && from + byte < end; byte++) word |= bytes[from + byte]! << (8 * byte);
    words[i] = word;
  }
  into.fill(0, at, at + 4);
  mixWords(words, count, into, at, end - start);
};

/** By halves: past 2^31 a number is no small integer, and its digits come ten times slower. */
const hexHalf = (half: number): string => (half + 0x10000).toString(16).slice(1);
const hexWord = (word: number): string => hexHalf(word >>> 16) + hexHalf(word & 0xffff);

export const fingerprintHex = (fingerprint: Fingerprint, at = 0): string =>
  hexWord(fingerprint[at]!) +
  hexWord(fingerprint[at + 1]!) +
  hexWord(fingerprint[at + 2]!) +
  hexWord(fingerprint[at + 3]!);
