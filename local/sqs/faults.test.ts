/** Seeded faults, with the numbers drawn written out so that each outcome can be followed by hand. */
import { expect, test } from 'vitest';
import { seededFaults } from './faults.ts';

/** A source of chance that gives the numbers listed, over and over. */
function listed(...numbers: number[]): () => number {
  let next = 0;
  return () => numbers[next++ % numbers.length]!;
}

test('a fault strikes where the chance drawn lies below its rate', () => {
  const faults = seededFaults(listed(0.09, 0.1, 0.95), { dropSend: 0.1 });
  expect([1, 2, 3].map(() => faults.dropsSend('usage'))).toEqual([true, false, false]);
});

test('a rate of one always strikes, a rate left out never does and draws nothing', () => {
  let draws = 0;
  const faults = seededFaults(() => (draws++, 0), { deliverTwice: 1 });
  expect(faults.losesSendAnswer('usage')).toBe(false);
  expect(faults.extraDelayMillis('usage')).toBe(0);
  expect(draws).toBe(0);
  expect(faults.deliversTwice('usage')).toBe(true);
});

test('an extra delay is a share of the longest', () => {
  // The first number decides that there is a delay, the second its length: 0.25 of 8000 is 2000.
  const faults = seededFaults(listed(0, 0.25), { delay: 1, longestDelayMillis: 8000 });
  expect(faults.extraDelayMillis('usage')).toBe(2000);
});

test('reordering loses nothing and depends on chance alone', () => {
  const items = ['a', 'b', 'c', 'd'];
  const once = (): readonly string[] => seededFaults(listed(0, 0.9, 0.4, 0.7), { reorder: 1 }).reorder('usage', items);
  // After 0 (strikes): 0.9 of 4 is d, 0.4 of 3 is b, 0.7 of 2 is c, then a.
  expect(once()).toEqual(['d', 'b', 'c', 'a']);
  expect(once()).toEqual(once());
});
