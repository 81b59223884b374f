/** The fingerprint is even: near bodies are far apart, and none of many share one. */
import { expect, it } from 'vitest';
import { fingerprintBytes, fingerprintHex, mixWords } from './fingerprint.ts';

const ofWords = (...words: number[]): Uint32Array => {
  const into = new Uint32Array(4);
  mixWords(Uint32Array.from(words), words.length, into, 0, words.length * 4);
  return into;
};

it('changes about half its bits with any one bit', () => {
  const base = [1_790_000_000, 417, 7, 42, 9, 0, 0, 1];
  const was = ofWords(...base);
  for (let bit = 0; bit < base.length * 32; bit++) {
    const flipped = base.map((word, place) => (place === bit >> 5 ? word ^ (1 << (bit & 31)) : word));
    const changed = ofWords(...flipped).reduce((bits, word, i) => {
      const difference = (word ^ (was[i] ?? 0)) >>> 0;
      return bits + difference.toString(2).replaceAll('0', '').length;
    }, 0);
    // 128 fair coins leave 36 to 92 but once in some millions.
    expect(changed).toBeGreaterThan(36);
    expect(changed).toBeLessThan(92);
  }
});

it('is shared by none of 200,000 near neighbours', () => {
  const seen = new Set<string>();
  for (let a = 0; a < 2000; a++) for (let b = 0; b < 100; b++) seen.add(fingerprintHex(ofWords(a, b, 0, 0)));
  expect(seen.size).toBe(200_000);
});

it('tells lengths apart where the rest is zeros', () => {
  const hexOf = (length: number): string => {
    const into = new Uint32Array(4);
    fingerprintBytes(new Uint8Array(9), 0, length, into);
    return fingerprintHex(into);
  };
  expect(new Set([0, 1, 2, 3, 4, 5, 8, 9].map(hexOf)).size).toBe(8);
});
