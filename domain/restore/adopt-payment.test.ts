/** Payments of lost hours find their place: what attempt and invoice say after, for each way a payment can stand. */
import { describe, expect, it } from 'vitest';
import { finalInvoice, invoiceId } from '#test/world/open-invoice.ts';
import type { Invoice } from '../invoicing/invoice.ts';
import { money } from '../money/money.ts';
import type { IntentState } from '../payments/intent-state.ts';
import type { PaymentAttempt } from '../payments/payment-attempt.ts';
import { instant } from '../time/instant.ts';
import { adoptPayment, type MadePayment } from './adopt-payment.ts';

const now = instant('2026-03-01T09:00:00.000Z');
const total = finalInvoice().total;

const made = (n: number, state: IntentState['state'], changed: Partial<IntentState> = {}): MadePayment => {
  const pays = { invoice: invoiceId, attempt: n };
  return {
    how: 'saved_card',
    session: null,
    news: { pays, payment: { intent: `pi_${String(n)}`, state, amount: total, pays, ...changed } },
  };
};
const onPage = (
  n: number,
  page: 'open' | 'complete' | 'expired',
  payment: MadePayment['news']['payment'],
): MadePayment => ({
  how: 'checkout',
  session: `cs_${String(n)}`,
  news: { pays: { invoice: invoiceId, attempt: n }, payment, page },
});
const known = (n: number, changed: Partial<PaymentAttempt> = {}): PaymentAttempt => ({
  ...{
    invoice: invoiceId,
    n,
    amount: total,
    how: 'saved_card',
    claimedAt: now,
    state: 'sent',
    intent: `pi_${String(n)}`,
  },
  changedAt: now,
  retry: 0,
  ...changed,
});
const adopt = (payment: MadePayment, invoice: Partial<Invoice> = {}, attempts: readonly PaymentAttempt[] = []) =>
  adoptPayment({ invoice: finalInvoice(total, invoice), attempts }, payment, now);

describe('an attempt the books have lost', () => {
  it('whose money came pays the invoice', () => {
    const { created, invoice, settlement } = adopt(made(1, 'succeeded'));
    expect(settlement.outcome).toBe('succeeded');
    expect(created).toMatchObject([{ n: 1, state: 'succeeded', intent: 'pi_1', amount: total }]);
    expect(invoice).toMatchObject({ attempts: 1, openAttempt: null, nextAttemptOn: null, status: { state: 'paid' } });
  });

  it('that was declined is one try of the card, and the plan goes on', () => {
    const { created, invoice } = adopt(made(1, 'failed', { because: 'declined' }));
    expect(created).toMatchObject([{ n: 1, state: 'failed', because: 'declined', retry: 0 }]);
    // Three days after it came to be known.
    expect(invoice).toMatchObject({ attempts: 1, openAttempt: null, nextAttemptOn: '2026-03-04' });
  });

  it('that was never confirmed goes on, under the key it was made with', () => {
    const { created, invoice } = adopt(made(1, 'unconfirmed'));
    expect(created).toMatchObject([{ n: 1, state: 'sent', intent: 'pi_1' }]);
    expect(invoice).toMatchObject({ attempts: 1, openAttempt: 1 });
  });

  it('that was never confirmed, over another amount, is over', () => {
    const { created, invoice } = adopt(made(1, 'unconfirmed', { amount: money('1.00', 'USD') }));
    expect(created).toMatchObject([{ n: 1, state: 'failed' }]);
    expect(invoice.openAttempt).toBeNull();
  });

  it('with the bank still is waited for', () => {
    expect(adopt(made(1, 'processing')).invoice).toMatchObject({ openAttempt: 1, nextAttemptOn: '2026-03-02' });
  });

  it('whose money is not what the bill is now is left to a person, and nothing else is charged', () => {
    const { created, invoice, settlement } = adopt(made(1, 'succeeded', { amount: money('100.00', 'USD') }));
    expect(settlement).toMatchObject({
      outcome: 'quarantined',
      because: expect.stringContaining('100.00 USD') as string,
    });
    expect(created).toMatchObject([{ n: 1, state: 'sent', because: expect.stringContaining('123.45 USD') as string }]);
    expect(invoice).toMatchObject({ openAttempt: 1, status: { state: 'final' } });
  });

  it('on a page that is open keeps the invoice for who is paying there', () => {
    const { created, invoice } = adopt(onPage(1, 'open', null));
    expect(created).toMatchObject([{ n: 1, how: 'checkout', state: 'sent', session: 'cs_1', resumeOn: '2026-03-01' }]);
    expect(invoice.openAttempt).toBe(1);
  });

  it('on a page that expired unused gives the card its day back', () => {
    const { created, invoice } = adopt(onPage(1, 'expired', null));
    expect(created).toMatchObject([{ n: 1, how: 'checkout', state: 'failed' }]);
    expect(invoice).toMatchObject({ openAttempt: null, nextAttemptOn: '2026-03-01' });
  });

  it('says that those before it had ended, known or never seen', () => {
    const { changed, created, invoice } = adopt(made(4, 'succeeded'), { attempts: 1, openAttempt: 1 }, [known(1)]);
    expect(changed).toMatchObject([{ n: 1, state: 'failed' }]);
    expect(created.map(({ n, state }) => [n, state])).toEqual([
      [2, 'failed'],
      [3, 'failed'],
      [4, 'succeeded'],
    ]);
    expect(invoice).toMatchObject({ attempts: 4, openAttempt: null, status: { state: 'paid' } });
  });
});

describe('an attempt the books have', () => {
  const open = { attempts: 1, openAttempt: 1 };

  it('is settled by what became of it', () => {
    const { changed, created, invoice } = adopt(made(1, 'succeeded'), open, [known(1)]);
    expect([changed, created]).toMatchObject([[{ n: 1, state: 'succeeded' }], []]);
    expect(invoice.status.state).toBe('paid');
  });

  it('learns of the page that was opened for it since', () => {
    const claimed = known(1, { how: 'checkout', state: 'claimed', intent: null });
    const { changed } = adopt(onPage(1, 'open', null), open, [claimed]);
    expect(changed).toMatchObject([{ n: 1, state: 'sent', session: 'cs_1' }]);
  });

  it('changes nothing where the books say it already', () => {
    const file = { invoice: finalInvoice(total, open), attempts: [known(1)] };
    const { changed, created, invoice, settlement } = adoptPayment(file, made(1, 'unconfirmed'), now);
    expect([changed, created, settlement.outcome]).toEqual([[], [], 'unchanged']);
    expect(invoice).toBe(file.invoice);
  });
});
