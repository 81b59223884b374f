/**
 * A restore rehearsed over two dozen seeds: no number given twice, nobody charged twice,
 * everybody billed, the audit empty; and the same where the books are lost a second time
 * in the middle of it. And the same drill with one part of the procedure
 * left out, to show that it would tell.
 */
import { describe, expect, it } from 'vitest';
import { lostTwice, subscriptionLost } from './drill-workload.ts';
import { runRestoreDrill } from './run-restore-drill.ts';

const seeds = Array.from({ length: Number(process.env['DRILL_SEEDS'] ?? '24') }, (_, i) => i + 1);

describe('a restore by the book', () => {
  it.each(seeds)('seed %i', { timeout: 120_000 }, async (seed) => {
    const { flaws, doubleNumbers, doubleCharges } = await runRestoreDrill(seed);
    expect({ flaws, doubleNumbers, doubleCharges }).toEqual({ flaws: [], doubleNumbers: [], doubleCharges: [] });
  });
});

describe('a second restore, from a backup of the middle of the first', () => {
  it.each(seeds.slice(0, 8))('seed %i', { timeout: 120_000 }, async (seed) => {
    const { flaws, doubleNumbers, doubleCharges } = await runRestoreDrill(seed, { drill: lostTwice(seed) });
    expect({ flaws, doubleNumbers, doubleCharges }).toEqual({ flaws: [], doubleNumbers: [], doubleCharges: [] });
  });
});

it.each([1, 8])(
  'a charge whose subscription was lost holds up nobody, and the audit goes on naming it: seed %i',
  { timeout: 120_000 },
  async (seed) => {
    const { flaws, doubleCharges } = await runRestoreDrill(seed, { drill: subscriptionLost(seed) });
    expect(doubleCharges).toEqual([]);
    // Taken at the provider, and in nobody's books: one charge, and the sums that differ by it.
    expect(flaws.map(({ invariant }) => invariant)).toEqual(['I25', 'I25', 'I25']);
    expect(flaws.filter(({ keys }) => keys.length > 0)).toHaveLength(1);
  },
);

it(
  'meets what it is for: numbers passed over, and mails about documents that are no more',
  { timeout: 120_000 },
  async () => {
    const { holes, lostMails } = await runRestoreDrill(1);
    expect([holes > 0, lostMails > 0]).toEqual([true, true]);
  },
);

it('without the fence gives numbers a second time', { timeout: 120_000 }, async () => {
  const { doubleNumbers, flaws } = await runRestoreDrill(1, { leftOut: 'fence' });
  expect(doubleNumbers.length).toBeGreaterThan(0);
  expect(flaws.length).toBeGreaterThan(0);
});

it('without the gate charges cards a second time', { timeout: 120_000 }, async () => {
  const { doubleCharges, flaws } = await runRestoreDrill(3, { leftOut: 'gate' });
  expect(doubleCharges.length).toBeGreaterThan(0);
  expect(flaws.map(({ invariant }) => invariant)).toContain('I24');
});
