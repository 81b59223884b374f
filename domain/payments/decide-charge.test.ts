/** Who is charged when: every reason for, and every reason against. */
import { describe, expect, it } from 'vitest';
import type { PaymentMethod } from '../catalog/customer.ts';
import type { Invoice } from '../invoicing/invoice.ts';
import { type Money, money } from '../money/money.ts';
import { day } from '../time/day.ts';
import { instant } from '../time/instant.ts';
import { finalInvoice } from '#test/world/open-invoice.ts';
import { decideCharge, decideCheckout } from './decide-charge.ts';
import type { PaymentAttempt } from './payment-attempt.ts';

const now = instant('2026-03-05T09:00:00.000Z');
const saved: PaymentMethod = { state: 'saved', providerCustomer: 'cus_s', paymentMethod: 'pm_s' };
interface Case {
  readonly method?: PaymentMethod;
  readonly total?: Money;
  readonly afterBill?: boolean;
  readonly earlier?: readonly PaymentAttempt[];
}
const decide = (
  changed: Partial<Invoice>,
  { method = saved, total = money('123.45', 'USD'), afterBill = false, earlier = [] }: Case = {},
) => decideCharge({ invoice: finalInvoice(total, changed), method, earlier, afterBill }, now);

describe('a saved card', () => {
  it('is charged what the invoice says, under the next number, with the card frozen into the claim', () => {
    expect(decide({})).toEqual({
      decision: 'claim',
      attempt: {
        ...{
          invoice: finalInvoice().id,
          n: 1,
          amount: money('123.45', 'USD'),
          how: 'saved_card',
          claimedAt: now,
          changedAt: now,
          state: 'claimed',
          intent: null,
        },
        ...{ method: { providerCustomer: 'cus_s', paymentMethod: 'pm_s' }, retry: 0 },
      },
      invoice: finalInvoice(undefined, { attempts: 1, openAttempt: 1, nextAttemptOn: day('2026-03-05') }),
    });
  });

  it('counts its own tries only: a payment page left unused is no declined card', () => {
    const tried = (n: number, how: PaymentAttempt['how']): PaymentAttempt => ({
      invoice: 'inv',
      n,
      amount: money('1.00', 'USD'),
      how,
      claimedAt: now,
      changedAt: now,
      state: 'failed',
      intent: null,
    });
    expect(decide({ attempts: 2 }, { earlier: [tried(1, 'saved_card'), tried(2, 'checkout')] })).toMatchObject({
      decision: 'claim',
      attempt: { n: 3, retry: 1 },
    });
  });

  const issued = finalInvoice().status;
  if (issued.state !== 'final') throw new Error('the invoice is final');
  it.each([
    ['is paid', { status: { ...issued, state: 'paid' as const, paidAt: now } }],
    ['is void', { status: { ...issued, state: 'void' as const, voidedAt: now } }],
    ['is a draft', { status: { state: 'draft' as const } }],
    ['has an attempt under way', { attempts: 1, openAttempt: 1 }],
    ['is not due yet', { attempts: 1, nextAttemptOn: day('2026-03-06') }],
    ['is given up', { attempts: 4, nextAttemptOn: null }],
  ])('is not charged where the invoice %s', (_, changed) => {
    expect(decide(changed)).toEqual({ decision: 'not_now' });
    expect(decide(changed, { afterBill: true })).toEqual({ decision: 'not_now' });
  });

  it('is charged right after the bill on whatever day, but only the first time', () => {
    expect(decide({ nextAttemptOn: day('2026-03-06') }, { afterBill: true }).decision).toBe('claim');
    expect(decide({ nextAttemptOn: day('2026-03-06'), attempts: 1 }, { afterBill: true }).decision).toBe('not_now');
  });
});

describe('no card that works', () => {
  it('is waited for from chase to chase while it is being saved, and by the day where there is none', () => {
    expect(decide({}, { method: { state: 'given', paymentMethod: 'pm' } })).toEqual({ decision: 'not_now' });
    for (const method of [{ state: 'none' }, { state: 'refused', paymentMethod: 'pm', because: 'stolen' }] as const)
      expect(decide({}, { method })).toMatchObject({
        decision: 'look_again',
        invoice: { nextAttemptOn: '2026-03-06', attempts: 0, openAttempt: null },
      });
  });
});

describe('the provider’s minimum', () => {
  it.each([
    ['0.49', 'USD', 'never'],
    ['0.50', 'USD', 'claim'],
    ['0.29', 'GBP', 'never'],
    ['0.30', 'GBP', 'claim'],
    ['49', 'JPY', 'never'],
    ['50', 'JPY', 'claim'],
    ['174.99', 'HUF', 'never'],
    ['175.00', 'HUF', 'claim'],
    ['0.00', 'EUR', 'never'],
    ['0.01', 'ZAR', 'claim'],
  ] as const)('%s %s: %s', (amount, currency, decision) => {
    const decided = decide({}, { total: money(amount, currency) });
    expect(decided.decision).toBe(decision);
    if (decided.decision === 'never')
      expect(decided.invoice).toMatchObject({ nextAttemptOn: null, status: { state: 'final' } });
  });

  it('is said to whoever would pay by hand', () => {
    expect(decideCheckout(finalInvoice(money('0.49', 'USD')), now)).toEqual({
      decision: 'refused',
      because: '0.49 USD is less than the 0.50 USD a card can be charged.',
    });
  });
});

describe('a payment page', () => {
  it('may be opened for a given-up invoice, and keeps the day the card was to be charged', () => {
    for (const nextAttemptOn of [null, day('2026-03-09')])
      expect(decideCheckout(finalInvoice(undefined, { attempts: 1, nextAttemptOn }), now)).toMatchObject({
        decision: 'claim',
        attempt: { n: 2, how: 'checkout', resumeOn: nextAttemptOn },
        invoice: { openAttempt: 2, nextAttemptOn: '2026-03-05' },
      });
  });
});
