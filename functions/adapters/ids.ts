/**
 * The port `ids`. An id is its kind, nine characters of time and eleven of chance,
 * all of [0-9a-z], so ids sort as they were made, to the millisecond (until the year 5188), and 57 bits
 * keep those of one millisecond apart. Secrets come from the machine's own
 * cryptographic source, never from the chance that a simulation may seed.
 */
import { randomBytes } from 'node:crypto';
import type { Ids } from '../ports.ts';

const timeLength = 9;

export const ids = ({ now, random }: { readonly now: () => number; readonly random: () => number }): Ids => {
  const chance = (length: number): string => base36(Math.floor(random() * 36 ** length), length);
  return {
    // Two draws, since one of Math.random has 52 bits.
    next: (kind) => `${kind}_${base36(now(), timeLength)}${chance(6)}${chance(5)}`,
    secret: (bytes) => randomBytes(bytes),
  };
};

const base36 = (value: number, length: number): string => value.toString(36).padStart(length, '0');
