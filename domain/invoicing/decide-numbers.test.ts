/** Numbers are the next of their series, in order, without a hole; what they freeze changes the hash. */
import { describe, expect, it } from 'vitest';
import { money } from '../money/money.ts';
import { day } from '../time/day.ts';
import { instant } from '../time/instant.ts';
import { contentHash, decideNumbers } from './decide-numbers.ts';
import type { Invoice } from './invoice.ts';

const entity = { key: 'default', name: 'Ours', addressLines: [], numberPrefix: 'CH' };
const series = {
  entity: 'default',
  kind: 'invoice',
  fiscalYear: '2026',
  next: 7,
  lastIssuedOn: day('2026-02-01'),
} as const;
const now = instant('2026-02-01T01:00:00.000Z');
const draft = (id: string, total = '10.00'): Invoice => ({
  id,
  customer: 'cus_a',
  subscription: 'sub_a_1',
  period: 0,
  billingEntity: 'default',
  run: 'run_2026-02-01',
  total: money(total, 'EUR'),
  body: 'ab12',
  createdAt: now,
  netTermsDays: 14,
  status: { state: 'draft' },
  nextAttemptOn: null,
  attempts: 0,
  openAttempt: null,
});

describe('numbering', () => {
  const { series: after, invoices } = decideNumbers(series, entity, [draft('a'), draft('b')], day('2026-02-01'), now);

  it('takes the next numbers in the order given and moves the series on', () => {
    expect(invoices.map(({ status }) => 'number' in status && status.number)).toEqual([
      'CH-2026-000007',
      'CH-2026-000008',
    ]);
    expect(after).toEqual({ ...series, next: 9 });
  });

  it('sets issue and due day, and the day a card is charged', () => {
    expect(invoices[0]).toMatchObject({
      status: { issuedOn: '2026-02-01', dueOn: '2026-02-15' },
      nextAttemptOn: '2026-02-01',
    });
  });

  it('freezes total, body and number in one hash', () => {
    const [first] = invoices;
    if (first?.status.state !== 'final') throw new Error('it is final');
    expect(contentHash(first, first.status)).toBe(first.status.contentHash);
    expect(contentHash({ ...first, total: money('10.01', 'EUR') }, first.status)).not.toBe(first.status.contentHash);
    expect(contentHash(first, { ...first.status, number: 'CH-2026-000009' })).not.toBe(first.status.contentHash);
  });

  it('never goes back in time, and never numbers what is final', () => {
    expect(() => decideNumbers(series, entity, [draft('a')], day('2026-01-31'), now)).toThrow('does not go back');
    expect(() => decideNumbers(series, entity, invoices, day('2026-02-01'), now)).toThrow('is a draft');
  });
});
