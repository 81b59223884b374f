/**
 * The records one payment touches, read together, and what a settlement writes to
 * them and tells: attempt, invoice, account and ledger page in one transaction, so
 * that money recorded is money accounted for.
 */
import type { DomainEvent } from '#events/domain-events.ts';
import { present } from '#domain/assert.ts';
import { paymentPage } from '#domain/ledger/payment-page.ts';
import type { Settlement } from '#domain/payments/decide-settlement.ts';
import { closeItem } from '#domain/receivables/open-items.ts';
import type { Instant } from '#domain/time/instant.ts';
import { change, create, type Handle, type Write } from '../handle.ts';
import type { Books } from '../ports.ts';
import { customerOf } from './document-id.ts';

export interface PaymentFile {
  readonly invoice: Handle<'invoice'>;
  readonly attempt: Handle<'attempt'>;
  readonly account: Handle<'account'>;
}

/**
 * Undefined where we never claimed such an attempt. The account comes first: whoever settles the
 * attempt between two reads leaves us an account from before, whose version is lost, and never
 * one that holds the item no more beside an attempt that is open still.
 */
export const readPaymentFile = async (books: Books, invoice: string, n: number): Promise<PaymentFile | undefined> => {
  const customer = customerOf(invoice);
  const account = await books.get('account', customer);
  const [head, attempt] = await Promise.all([books.get('invoice', invoice), books.get('attempt', { invoice, n })]);
  if (head === undefined || attempt === undefined) return undefined;
  return { invoice: head, attempt, account: present(account, `${customer} has an account`) };
};

export const settlementWrites = (
  file: PaymentFile,
  settlement: Settlement,
  now: Instant,
): readonly Write<'attempt' | 'invoice' | 'account' | 'ledgerPage'>[] => {
  switch (settlement.outcome) {
    case 'unchanged':
      return [];
    case 'quarantined':
      return settlement.because === file.attempt.value.because ? [] : [change(file.attempt, settlement.attempt)];
    case 'open':
    case 'failed':
    case 'expired':
      return [change(file.attempt, settlement.attempt), change(file.invoice, settlement.invoice)];
    case 'succeeded': {
      const { attempt, invoice } = settlement;
      return [
        change(file.attempt, attempt),
        change(file.invoice, invoice),
        change(file.account, closeItem(file.account.value, invoice.id, attempt.amount)),
        create('ledgerPage', paymentPage(invoice, attempt, now)),
      ];
    }
  }
};

/** A page that expired unused is nobody's news, and so is a payment stopped because the invoice is no longer owed. */
export const settlementTells = (
  settlement: Settlement,
): readonly DomainEvent<'payment.succeeded' | 'payment.failed'>[] => {
  if (settlement.outcome !== 'succeeded' && settlement.outcome !== 'failed') return [];
  if (settlement.outcome === 'failed' && settlement.invoice.status.state !== 'final') return [];
  const { invoice, n } = settlement.attempt;
  return [{ name: `payment.${settlement.outcome}`, data: { invoice, attempt: n } }];
};
