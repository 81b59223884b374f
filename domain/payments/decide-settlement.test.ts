/** Every state of an attempt against every state of its payment: the table of what money does. */
import { describe, expect, it } from 'vitest';
import { money } from '../money/money.ts';
import { day } from '../time/day.ts';
import { instant } from '../time/instant.ts';
import { finalInvoice, invoiceId } from '#test/world/open-invoice.ts';
import { decideSettlement, type Settlement } from './decide-settlement.ts';
import type { IntentState, PaymentNews } from './intent-state.ts';
import type { PaymentAttempt } from './payment-attempt.ts';

const claimedAt = instant('2026-03-01T03:00:00.000Z');
const now = instant('2026-03-02T09:00:00.000Z');
const invoice = finalInvoice(undefined, { attempts: 1, openAttempt: 1 });

const attemptIn = (state: PaymentAttempt['state'], changed: Partial<PaymentAttempt> = {}): PaymentAttempt => ({
  ...{
    invoice: invoiceId,
    n: 1,
    amount: invoice.total,
    how: 'saved_card',
    claimedAt,
    state,
    changedAt: claimedAt,
    retry: 0,
  },
  intent: state === 'claimed' ? null : 'pi_1',
  ...changed,
});

const payment = (state: IntentState['state'], changed: Partial<IntentState> = {}): IntentState => ({
  ...{ intent: 'pi_1', state, amount: invoice.total, pays: { invoice: invoiceId, attempt: 1 } },
  ...changed,
});

const news = (paid: IntentState | null, page?: PaymentNews['page']): PaymentNews => ({
  pays: { invoice: invoiceId, attempt: 1 },
  payment: paid,
  ...(page === undefined ? {} : { page }),
});

const fileOf = (attempt: PaymentAttempt) => {
  const isClosed = attempt.state === 'failed' || attempt.state === 'succeeded';
  if (attempt.state !== 'succeeded' || invoice.status.state !== 'final')
    return { attempt, invoice: { ...invoice, openAttempt: isClosed ? null : 1 } };
  return {
    attempt,
    invoice: {
      ...invoice,
      openAttempt: null,
      nextAttemptOn: null,
      status: { ...invoice.status, state: 'paid' as const, paidAt: claimedAt },
    },
  };
};

const outcomeOf = (attempt: PaymentAttempt, told: PaymentNews): Settlement['outcome'] =>
  decideSettlement(fileOf(attempt), told, now).outcome;

const attemptStates = ['claimed', 'sent', 'unknown', 'failed', 'succeeded'] as const;

describe('a saved card: every state of the attempt × every state of the payment', () => {
  // A failed attempt whose money came after all still pays; nothing un-pays.
  it.each([
    ['unconfirmed', ['open', 'unchanged', 'open', 'unchanged', 'unchanged']],
    ['processing', ['open', 'open', 'open', 'unchanged', 'unchanged']],
    ['requires_action', ['failed', 'failed', 'failed', 'unchanged', 'unchanged']],
    ['succeeded', ['succeeded', 'succeeded', 'succeeded', 'succeeded', 'unchanged']],
    ['failed', ['failed', 'failed', 'failed', 'unchanged', 'unchanged']],
    ['cancelled', ['failed', 'failed', 'failed', 'unchanged', 'unchanged']],
  ] as const)('%s', (state, expected) => {
    expect(attemptStates.map((each) => outcomeOf(attemptIn(each), news(payment(state))))).toEqual(expected);
  });
});

describe('a payment page: a decline is no end while the page is open', () => {
  const page = attemptIn('sent', { how: 'checkout', intent: null, session: 'cs_1', resumeOn: day('2026-03-04') });
  const pages = ['open', 'complete', 'expired'] as const;
  it.each([
    [null, ['unchanged', 'unchanged', 'expired']],
    ['unconfirmed', ['open', 'open', 'expired']],
    ['requires_action', ['open', 'failed', 'expired']],
    ['processing', ['open', 'open', 'open']],
    ['succeeded', ['succeeded', 'succeeded', 'succeeded']],
    ['failed', ['open', 'failed', 'expired']],
    ['cancelled', ['failed', 'failed', 'failed']],
  ] as const)('%s', (state, expected) => {
    expect(pages.map((each) => outcomeOf(page, news(state === null ? null : payment(state), each)))).toEqual(expected);
  });

  it('goes on with the card on the day it was to be charged', () => {
    const settled = decideSettlement(fileOf(page), news(null, 'expired'), now);
    expect(settled).toMatchObject({
      outcome: 'expired',
      invoice: { openAttempt: null, nextAttemptOn: '2026-03-04' },
      attempt: { state: 'failed' },
    });
  });
});

describe('what is written', () => {
  it('pays the invoice, and nothing is tried any more', () => {
    const settled = decideSettlement(
      fileOf(attemptIn('unknown', { because: 'a timeout' })),
      news(payment('succeeded')),
      now,
    );
    expect(settled).toMatchObject({
      outcome: 'succeeded',
      invoice: {
        openAttempt: null,
        nextAttemptOn: null,
        status: { state: 'paid', paidAt: now, number: 'CH-2026-000001' },
      },
    });
    expect(settled.outcome === 'succeeded' && settled.attempt).not.toHaveProperty('because');
  });

  it.each([
    [0, '2026-03-05'],
    [1, '2026-03-07'],
    [2, '2026-03-09'],
    [3, null],
  ])('after failure number %i, on 2026-03-02, tries again on %s', (retry, nextAttemptOn) => {
    const settled = decideSettlement(
      fileOf(attemptIn('sent', { retry })),
      news(payment('failed', { because: 'No funds.' })),
      now,
    );
    expect(settled).toMatchObject({
      outcome: 'failed',
      invoice: { nextAttemptOn, openAttempt: null, status: { state: 'final' } },
      attempt: { because: 'No funds.' },
    });
  });

  it('asks after a bank debit once a day', () => {
    expect(decideSettlement(fileOf(attemptIn('sent')), news(payment('processing')), now)).toMatchObject({
      outcome: 'open',
      invoice: { nextAttemptOn: '2026-03-03', openAttempt: 1 },
    });
  });
});

describe('what disagrees is never paid', () => {
  it.each([
    ['a cent less', payment('succeeded', { amount: money('123.44', 'USD') })],
    ['a cent more', payment('succeeded', { amount: money('123.46', 'USD') })],
    ['another currency', payment('succeeded', { amount: money('123.45', 'EUR') })],
    ['another payment than ours', payment('succeeded', { intent: 'pi_2' })],
    ['made for another attempt', payment('succeeded', { pays: { invoice: invoiceId, attempt: 2 } })],
    ['made for another invoice', payment('succeeded', { pays: { invoice: 'inv_9', attempt: 1 } })],
  ])('%s', (_, paid) => {
    for (const state of ['sent', 'unknown'] as const) {
      expect(decideSettlement(fileOf(attemptIn(state)), news(paid), now)).toMatchObject({
        outcome: 'quarantined',
        attempt: { state },
      });
    }
  });

  it('money for an invoice that is void, or being paid by another attempt', () => {
    if (invoice.status.state !== 'final') throw new Error('the invoice is final');
    const voided = { ...invoice, status: { ...invoice.status, state: 'void' as const, voidedAt: claimedAt } };
    expect(
      decideSettlement({ invoice: voided, attempt: attemptIn('sent') }, news(payment('succeeded')), now).outcome,
    ).toBe('quarantined');
    const another = { ...invoice, attempts: 2, openAttempt: 2 };
    expect(
      decideSettlement({ invoice: another, attempt: attemptIn('failed') }, news(payment('succeeded')), now).outcome,
    ).toBe('quarantined');
  });
});
