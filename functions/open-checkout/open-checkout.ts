/**
 * The payment link in a bill. GET shows what is owed and changes nothing, for mail
 * scanners open every link. POST pays on a page of the provider, in two stages with a
 * commit between them: the first claims an attempt and sends the browser to POST the
 * same address again (307); the second finds the claim, opens the page under the
 * attempt's permanent key and leads there. Pressed twice, in two tabs or cut off
 * anywhere, it is one attempt and one page. The request names an invoice and nothing
 * more; amount and currency come from our records (I28). While restored books are not
 * reconciled, what was paid in the lost hours is not known, and nothing is begun.
 */
import { present } from '#domain/assert.ts';
import { decideCheckout } from '#domain/payments/decide-charge.ts';
import { decideSettlement, failed } from '#domain/payments/decide-settlement.ts';
import { attemptKey, checkoutExpiresAt, type PaymentAttempt } from '#domain/payments/payment-attempt.ts';
import type { Invoice } from '#domain/invoicing/invoice.ts';
import { isRefusal } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { change, type Check, create, type Handle } from '../handle.ts';
import type { HttpResponse } from '../http.ts';
import type { Books, Payments } from '../ports.ts';
import { restoreGate } from '../records/restore-gate.ts';
import type { AnswerOf, StepCode } from '../step.ts';
import { invoicePage, leadTo, noInvoicePage, type PayState } from './pay-page.ts';

type Answer = AnswerOf<'open-checkout'> & { readonly respond: HttpResponse };

interface Visit {
  readonly path: string;
  readonly invoice: Handle<'invoice'>;
  readonly payments: Payments;
  readonly now: Instant;
}

export const openCheckout: StepCode<'open-checkout'> = async ({ method, params }, { books, payments, now }) => {
  const token = params['token'] ?? '';
  const id = payments.invoiceOf(token);
  const invoice = id === undefined ? undefined : await books.get('invoice', id);
  // A forged token and an invoice without a number look the same: nobody learns what exists.
  if (invoice === undefined || !('number' in invoice.value.status)) return { respond: noInvoicePage() };
  const visit = { path: `/pay/${token}`, invoice, payments, now };
  const { status, openAttempt } = invoice.value;
  if (status.state !== 'final')
    return say(visit, status.state === 'paid' ? 'paid' : 'void', method === 'POST' ? 409 : 200);
  const attempt = openAttempt === null ? undefined : await attemptOf(books, invoice.value.id, openAttempt);
  if (attempt !== undefined && attempt.value.how !== 'checkout')
    return say(visit, 'under_way', method === 'POST' ? 409 : 200);
  if (method === 'GET') return attempt === undefined ? show(visit) : say(visit, 'page_open');
  const gate = await restoreGate('charge', books);
  if (isRefusal(gate)) return say(visit, 'try_again', 503);
  return attempt === undefined ? claim(visit, gate) : leadToPage(visit, attempt);
};

const show = (visit: Visit): Answer => {
  const decided = decideCheckout(visit.invoice.value, visit.now);
  return decided.decision === 'claim' ? say(visit, 'payable') : say(visit, 'not_payable', 200, decided.because);
};

const claim = (visit: Visit, gate: Check): Answer => {
  const decided = decideCheckout(visit.invoice.value, visit.now);
  if (decided.decision === 'refused') return say(visit, 'not_payable', 409, decided.because);
  return {
    write: [gate, create('attempt', decided.attempt), change(visit.invoice, decided.invoice)],
    respond: leadTo(307, visit.path),
  };
};

const leadToPage = (visit: Visit, attempt: Handle<'attempt'>): Promise<Answer> => {
  const { session } = attempt.value;
  return session === undefined ? openPage(visit, attempt) : returnToPage(visit, attempt, session);
};

const openPage = async (visit: Visit, attempt: Handle<'attempt'>): Promise<Answer> => {
  const { value } = attempt;
  const { status } = visit.invoice.value;
  const opened = await visit.payments.openCheckout({
    invoice: value.invoice,
    attempt: value.n,
    amount: value.amount,
    providerCustomer: null,
    paymentMethod: null,
    key: attemptKey(value, 'session'),
    description: `Invoice ${'number' in status ? (status.number ?? '') : ''}`,
    returnPath: visit.path,
    expiresAt: checkoutExpiresAt(value),
  });
  switch (opened.state) {
    case 'ok': {
      const { session, url } = opened.value;
      return {
        write: [change(attempt, { ...value, state: 'sent', session, changedAt: visit.now })],
        respond: leadTo(303, url),
      };
    }
    case 'refused':
      return over(
        visit,
        attempt,
        failed(valuesOf(visit, attempt), opened.because, visit.now, 'expired'),
        say(visit, 'try_again', 503).respond,
      );
    case 'unknown':
      return say(visit, 'try_again', 503);
  }
};

const returnToPage = async (visit: Visit, attempt: Handle<'attempt'>, session: string): Promise<Answer> => {
  const news = await visit.payments.lookUpCheckout(session);
  if (news.state !== 'ok') return say(visit, 'try_again', 503);
  const { page, url } = news.value;
  if (page === 'open') return { respond: leadTo(303, present(url, 'an open payment page has an address')) };
  const settlement = decideSettlement(valuesOf(visit, attempt), news.value, visit.now);
  // Money that came is recorded by its webhook, with account and ledger; here the page only says so.
  if (settlement.outcome !== 'failed' && settlement.outcome !== 'expired') return say(visit, 'under_way', 409);
  return over(visit, attempt, settlement, leadTo(307, visit.path));
};

const over = (
  visit: Visit,
  attempt: Handle<'attempt'>,
  after: { readonly attempt: PaymentAttempt; readonly invoice: Invoice },
  respond: HttpResponse,
): Answer => ({
  write: [change(attempt, after.attempt), change(visit.invoice, after.invoice)],
  respond,
});

const attemptOf = async (books: Books, invoice: string, n: number) =>
  present(await books.get('attempt', { invoice, n }), `attempt ${String(n)} of ${invoice} is recorded`);

const valuesOf = (visit: Visit, attempt: Handle<'attempt'>) => ({
  invoice: visit.invoice.value,
  attempt: attempt.value,
});

const say = ({ invoice }: Visit, state: PayState, status = 200, because?: string): Answer => ({
  respond: invoicePage(invoice.value, state, status, because),
});
