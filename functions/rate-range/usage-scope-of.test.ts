/** Whose usage is looked at, when: open and closed windows by owner and time, and from which arrival on. */
import { describe, expect, it } from 'vitest';
import { day } from '#domain/time/day.ts';
import { epochMs, type Instant, instant } from '#domain/time/instant.ts';
import { utc } from '#domain/time/zone.ts';
import type { Assignment } from '#domain/usage/point.ts';
import { readFromOf, type UsageFile, usageScopeOf } from './usage-scope-of.ts';

const at = (text: string): Instant => instant(`${text}T00:00:00.000Z`);
const subscription = {
  id: 'sub_a_1',
  customer: 'cus_a',
  plan: 'home',
  planVersion: 1,
  anchorOn: day('2026-01-01'),
  timezone: utc,
  state: 'active',
  currentPeriod: 1,
  ratedUpTo: instant('2026-02-01T00:58:00.000Z'),
  createdAt: at('2026-01-01'),
} as const;
const file = (...assignments: readonly Assignment[]): UsageFile => ({
  subscription,
  n: 1,
  points: [{ subject: 'sim', assignments }],
  priced: new Set(['calls']),
});
const owned = (from: string, customer: string | null, recordedOn = '2026-01-01'): Assignment => ({
  from: at(from),
  customer,
  recordedAt: at(recordedOn),
});
const windows = (each: UsageFile) =>
  (usageScopeOf([each], [], new Map([['sim', 9]])).points.get(9) ?? []).map(
    ({ fromMs, untilMs, state, settledUpToMs }) => ({
      span: [new Date(fromMs).toISOString().slice(0, 10), new Date(untilMs).toISOString().slice(0, 10)].join(' '),
      state,
      ...(state === 'closed' ? { settledUpToMs } : {}),
    }),
  );

describe('the windows of a point', () => {
  it('are the billed past, closed, and the period being billed, open', () => {
    expect(windows(file(owned('1970-01-01', 'cus_a')))).toEqual([
      { span: '2026-01-01 2026-02-01', state: 'closed', settledUpToMs: epochMs(subscription.ratedUpTo) },
      { span: '2026-02-01 2026-03-01', state: 'open' },
    ]);
  });

  it('begin with the subscription, however long the point was theirs before', () => {
    expect(windows({ ...file(owned('1970-01-01', 'cus_a')), n: 0 }).map(({ span }) => span)).toEqual([
      '2026-01-01 2026-02-01',
    ]);
  });

  it('end where the point goes to somebody else', () => {
    expect(windows(file(owned('2026-02-05', 'cus_a'), owned('2026-02-20', 'cus_b'))).map(({ span }) => span)).toEqual([
      '2026-02-05 2026-02-20',
    ]);
  });

  it('have nothing settled where the point became theirs after the last rating', () => {
    expect(windows(file(owned('2026-01-10', 'cus_a', '2026-02-03')))[0]).toMatchObject({
      state: 'closed',
      settledUpToMs: 0,
    });
  });

  it('follow the last word said of one instant', () => {
    expect(windows(file(owned('2026-02-05', 'cus_a'), owned('2026-02-05', null)))).toEqual([]);
  });
});

describe('the first arrival to read', () => {
  it('is 36 days before the period and the last rating: late events and their first copies are seen', () => {
    expect(readFromOf([file(owned('1970-01-01', 'cus_a'))])).toBe('2025-12-27T00:00:00.000Z'); // 1 February − 36 days
  });

  it('goes back to what a newly assigned point had in suspense', () => {
    expect(readFromOf([file(owned('2026-01-10', 'cus_a', '2026-02-03'))])).toBe('2025-12-05T00:00:00.000Z'); // 10 January − 36 days
  });
});
