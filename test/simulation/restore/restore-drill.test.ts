/**
 * A restore rehearsed over two dozen seeds: no number given twice, nobody charged twice,
 * everybody billed, the audit empty. And the same drill with one part of the procedure
 * left out, to show that it would tell.
 */
import { describe, expect, it } from 'vitest';
import { runRestoreDrill } from './run-restore-drill.ts';

const seeds = Array.from({ length: Number(process.env['DRILL_SEEDS'] ?? '24') }, (_, i) => i + 1);

describe('a restore by the book', () => {
  it.each(seeds)('seed %i', { timeout: 120_000 }, async (seed) => {
    const { flaws, doubleNumbers, doubleCharges } = await runRestoreDrill(seed);
    expect({ flaws, doubleNumbers, doubleCharges }).toEqual({ flaws: [], doubleNumbers: [], doubleCharges: [] });
  });
});

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
