/** What the chase's look at due invoices finds, at its edges. */
import { describe, expect, it } from 'vitest';
import { money } from '../money/money.ts';
import { day } from '../time/day.ts';
import { addMinutes, instant } from '../time/instant.ts';
import { finalInvoice, finalizedAt } from '#test/world/open-invoice.ts';
import { decideChase } from './decide-chase.ts';
import type { PaymentAttempt } from './payment-attempt.ts';

const attemptChangedAt = (
  changedAt: PaymentAttempt['changedAt'],
  state: PaymentAttempt['state'] = 'sent',
): PaymentAttempt => ({
  ...{
    invoice: finalInvoice().id,
    n: 1,
    amount: money('123.45', 'USD'),
    how: 'saved_card',
    claimedAt: finalizedAt,
    intent: 'pi',
    state,
    changedAt,
  },
});

describe('a new bill', () => {
  it.each([
    [0, 'nothing'],
    [359, 'nothing'],
    [360, 'due'],
  ] as const)('%i minutes after it was numbered: %s', (minutes, chased) => {
    expect(decideChase(finalInvoice(), undefined, addMinutes(finalizedAt, minutes))).toBe(chased);
  });
});

describe('a retry', () => {
  it('is due from its day on', () => {
    const invoice = finalInvoice(undefined, { attempts: 1, nextAttemptOn: day('2026-03-04') });
    expect(decideChase(invoice, undefined, instant('2026-03-03T23:59:59.999Z'))).toBe('nothing');
    expect(decideChase(invoice, undefined, instant('2026-03-04T00:00:00.000Z'))).toBe('due');
    expect(decideChase({ ...invoice, nextAttemptOn: null }, undefined, instant('2026-03-04T00:00:00.000Z'))).toBe(
      'nothing',
    );
  });
});

describe('an attempt under way', () => {
  const invoice = finalInvoice(undefined, { attempts: 1, openAttempt: 1 });
  it.each([
    [59, 'unknown', 'nothing'],
    [60, 'unknown', 'unsettled'],
    [60, 'claimed', 'unsettled'],
    [60, 'sent', 'unsettled'],
  ] as const)('%i minutes %s: %s', (minutes, state, chased) => {
    expect(decideChase(invoice, attemptChangedAt(finalizedAt, state), addMinutes(finalizedAt, minutes))).toBe(chased);
  });

  it('is never passed over for another charge, even where its record is not to be seen', () => {
    expect(decideChase(invoice, undefined, addMinutes(finalizedAt, 9_999))).toBe('nothing');
  });
});
