/** Ids sort as they were made, have their shape, and do not meet; secrets do not follow the seeded chance. */
import { expect, it } from 'vitest';
import { ids } from './ids.ts';

it('have their kind and twenty characters, sort by time and are all different', () => {
  let now = Date.UTC(1970, 0, 1);
  const made = ids({ now: () => now, random: Math.random });
  const texts: string[] = [];
  for (const ms of [0, 1, 35, 36, 36 ** 4, Date.UTC(2026, 1, 1), Date.UTC(2026, 1, 1) + 1, Date.UTC(5000, 0, 1)]) {
    now = ms;
    texts.push(made.next('cus'));
  }
  expect(texts.every((text) => /^cus_[0-9a-z]{20}$/.test(text))).toBe(true);
  expect([...texts].sort()).toEqual(texts);
  expect(new Set(Array.from({ length: 10_000 }, () => made.next('cus'))).size).toBe(10_000);
});

it('keep their length at both ends of chance', () => {
  for (const random of [() => 0, () => 1 - Number.EPSILON])
    expect(ids({ now: () => 0, random }).next('cus')).toHaveLength(24);
});

it('give secrets that the seeded chance does not determine', () => {
  const [a, b] = [ids({ now: () => 0, random: () => 0 }), ids({ now: () => 0, random: () => 0 })];
  expect(a.next('cus')).toBe(b.next('cus'));
  expect(Buffer.from(a.secret(32)).toString('hex')).not.toBe(Buffer.from(b.secret(32)).toString('hex'));
  expect(a.secret(32)).toHaveLength(32);
});
