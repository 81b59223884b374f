/**
 * A text for a schema of texts: matching its pattern where it has one, else in any of
 * the scripts people write in, of every length the schema allows. Whether a refinement
 * takes it is for the caller to ask.
 */
import * as fc from 'fast-check';
import type * as z from 'zod';
import { below, type Chance, pick } from '#test/simulation/engine/chance.ts';
import { textRules } from './text-rules.ts';

export const drawText = (schema: z.core.$ZodString, random: Chance): string => {
  const { least, most, patterns, format } = textRules(schema);
  if (format !== undefined) return drawFormat(format, random);
  const [pattern] = patterns;
  if (pattern !== undefined) return drawMatch(pattern, random);
  return drawWords(drawLength(least, most, random), random);
};

const drawFormat = (format: string, random: Chance): string => {
  if (format !== 'email') throw new Error(`the fuzz cannot draw a text of the format "${format}"`);
  return `${pick(random, ['billing', 'ap+invoices', "o'neil", 'a_b.c-d', 'X'])}.${String(below(random, 10_000))}@${pick(random, ['acme.example', 'mail.acme.co.example', 'xn--bcher-kva.example'])}`;
};

/** Matches of a pattern are slow to make, so each has a store of them; and a decimal is often one a price could be. */
const matches = new Map<string, readonly string[]>();
const decimals = ['0', '0.20', '1', '12.5', '100', '2500', '0.000015'] as const;
const matchesKept = 400;

const drawMatch = (pattern: RegExp, random: Chance): string => {
  const decimal = pick(random, decimals);
  if (pattern.test(decimal) && random() < 0.7) return decimal;
  const known = matches.get(pattern.source) ?? fc.sample(fc.stringMatching(pattern), { seed: 1, numRuns: matchesKept });
  matches.set(pattern.source, known);
  return known[below(random, known.length)] ?? '';
};

/** By code points: what a family of emoji falls into are characters too. */
const letters = [
  'abcdefghijklmnopqrstuvwxyz',
  'ABC 0123456789 .,-_/&',
  'äöüßéèñçøåłžİı',
  'ΑΒΓабвгдеё',
  'שלום مرحبا',
  '日本語中文한국어ไทย',
  'e\u0301a\u0308',
  '💶🧾👩‍👩‍👧🇨🇭',
  '"\'<>{}$%;=@\\',
].map((alphabet) => Array.from(alphabet)) as [string[], ...string[][]];

const drawLength = (least: number, most: number, random: Chance): number => {
  const kind = below(random, 20);
  if (kind === 0) return least;
  if (kind === 1 && most <= 4_096) return most;
  return Math.max(least, Math.min(most, 1 + below(random, 24)));
};

/** As long as is wanted in UTF-16 units: a pair that would not fit whole is an `x`. */
const drawWords = (length: number, random: Chance): string => {
  const mixes = random() < 0.3;
  let alphabet = pick(random, letters);
  let text = '';
  while (text.length < length) {
    if (mixes) alphabet = pick(random, letters);
    const letter = alphabet[below(random, alphabet.length)] ?? 'x';
    text += text.length + letter.length <= length ? letter : 'x';
  }
  return text;
};
