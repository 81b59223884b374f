/** What fires next: each schedule of the flow at its hours of UTC, and a step with two schedules once at a time. */
import { describe, expect, it } from 'vitest';
import { nextFirings } from './next-firings.ts';

const after = (text: string) => {
  const firings = nextFirings(Date.parse(text));
  return { at: new Date(firings[0]?.atMs ?? 0).toISOString(), steps: firings.map(({ step }) => step) };
};

describe('the schedules after', () => {
  it.each([
    ['2026-02-01T00:59:59.999Z', '2026-02-01T01:00:00.000Z', ['open-billing-run', 'sweep-outbox']],
    ['2026-02-01T01:00:00.000Z', '2026-02-01T01:15:00.000Z', ['sweep-outbox']],
    ['2026-02-01T03:50:00.000Z', '2026-02-01T04:00:00.000Z', ['chase-payments', 'sweep-outbox']],
    ['2026-02-28T23:59:00.000Z', '2026-03-01T00:00:00.000Z', ['chase-payments', 'sweep-outbox']],
  ])('%s are at %s', (from, at, steps) => {
    expect(after(from)).toEqual({ at, steps });
  });

  it('follow one another without a gap or a repeat: a day has as many as the flow says', () => {
    const counts = new Map<string, number>();
    const end = Date.parse('2026-02-02T00:00:00Z');
    for (let at = Date.parse('2026-02-01T00:00:00Z'); ;) {
      const firings = nextFirings(at);
      at = firings[0]?.atMs ?? end;
      if (at > end) break;
      for (const { step } of firings) counts.set(step, (counts.get(step) ?? 0) + 1);
    }
    // Every 15 minutes; every 4 hours and at nine; once a day.
    expect(Object.fromEntries(counts)).toEqual({ 'sweep-outbox': 96, 'chase-payments': 7, 'open-billing-run': 1 });
  });
});
