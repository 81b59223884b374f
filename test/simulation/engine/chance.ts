/**
 * Seeded chance. Each use of it has a stream of its own, named: leaving out one fault
 * or one step of a workload then does not shuffle what everything else draws, which is
 * what lets a failing seed be made smaller.
 */
export type Chance = () => number;

/** Numbers in [0, 1), the same for the same seed and name. */
export const chance = (seed: number, name: string): Chance => {
  let [a, b, c, d] = [hashOf(`${name}:a`, seed), hashOf(`${name}:b`, seed), hashOf(`${name}:c`, seed), 1];
  // sfc32, by Chris Doty-Humphrey: small, fast, and passes PractRand.
  const next = () => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i += 1) next();
  return next;
};

/** A whole number from 0 up to but not including `limit`. */
export const below = (random: Chance, limit: number): number => Math.floor(random() * limit);

export const pick = <Value>(random: Chance, values: readonly [Value, ...Value[]]): Value =>
  values[below(random, values.length)] ?? values[0];

/** FNV-1a over the text, begun at the seed. */
const hashOf = (text: string, seed: number): number => {
  let hash = (2_166_136_261 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619) >>> 0;
  return hash;
};
