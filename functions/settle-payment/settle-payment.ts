/**
 * Settles what a webhook hints at. The hint names an object; how it stands is asked
 * of Stripe, which attempt it pays is read from the name we gave it there, and what
 * that means is the same decision as for our own calls. So webhooks may come twice,
 * late, in any order or not at all (I31). What disagrees with our books is kept with
 * the reason and is never paid (I28).
 */
import { present } from '#domain/assert.ts';
import { Outage } from '#domain/outage.ts';
import { decideSettlement, type Settlement } from '#domain/payments/decide-settlement.ts';
import type { PaymentNews } from '#domain/payments/intent-state.ts';
import { refuse } from '#domain/refusal.ts';
import { isCheckoutSession } from '#events/stripe.ts';
import { change, type Handle } from '../handle.ts';
import type { CallOutcome } from '../ports.ts';
import { readPaymentFile, settlementTells, settlementWrites } from '../records/payment-file.ts';
import { nothingToDo, type OutsideStep } from '../step.ts';

interface Call {
  readonly event: string;
  readonly object: string;
}

export const settlePayment: OutsideStep<'settle-payment', Call, CallOutcome<PaymentNews>> = {
  async claim({ data }, { books }) {
    const event = await books.get('stripeEvent', data.event);
    if (event === undefined) return refuse('unknown_stripe_event', `There is no record of ${data.event}.`);
    return event.value.state === 'received' ? { call: { event: data.event, object: event.value.object } } : nothingToDo;
  },

  async act({ object }, { payments }) {
    if (isCheckoutSession(object)) return payments.lookUpCheckout(object);
    const payment = await payments.lookUpIntent(object);
    return payment.state === 'ok'
      ? { state: 'ok', value: { pays: payment.value.pays, payment: payment.value } }
      : payment;
  },

  async record({ event: id, object }, news, { books, now }) {
    if (news.state === 'unknown') throw new Outage(`how ${object} stands: ${news.because}`);
    const event = present(await books.get('stripeEvent', id), `${id} is recorded`);
    if (event.value.state !== 'received') return nothingToDo;
    if (news.state === 'refused') return { write: [closeEvent(event, 'ignored', news.because)] };
    const { invoice, attempt } = news.value.pays;
    const file = await readPaymentFile(books, invoice, attempt);
    if (file === undefined)
      return { write: [closeEvent(event, 'quarantined', `We never made attempt ${String(attempt)} of ${invoice}.`)] };
    const settlement = decideSettlement({ invoice: file.invoice.value, attempt: file.attempt.value }, news.value, now);
    return {
      write: [...settlementWrites(file, settlement, now), eventAfter(event, settlement)],
      tell: settlementTells(settlement),
    };
  },
};

const eventAfter = (event: Handle<'stripeEvent'>, settlement: Settlement) =>
  settlement.outcome === 'quarantined'
    ? closeEvent(event, 'quarantined', settlement.because)
    : closeEvent(event, 'handled');

const closeEvent = (event: Handle<'stripeEvent'>, state: 'handled' | 'ignored' | 'quarantined', because?: string) =>
  change(event, { ...event.value, state, ...(because === undefined ? {} : { because }) });
