/** What an adopted payment writes: its attempt and those it overtook, the invoice, and where money came account and ledger. */
import { present } from '#domain/assert.ts';
import { paymentPage } from '#domain/ledger/payment-page.ts';
import { closeItem } from '#domain/receivables/open-items.ts';
import type { Adoption } from '#domain/restore/adopt-payment.ts';
import type { Instant } from '#domain/time/instant.ts';
import { change, create, type Handle, type Write } from '../handle.ts';
import type { Books } from '../ports.ts';

interface Read {
  readonly invoice: Handle<'invoice'>;
  readonly attempts: readonly Handle<'attempt'>[];
}

export const adoptionWrites = async (
  { changed, created, invoice, settlement }: Adoption,
  read: Read,
  books: Books,
  now: Instant,
): Promise<readonly Write<'attempt' | 'invoice' | 'account' | 'ledgerPage'>[]> => {
  const handleOf = (n: number) =>
    present(
      read.attempts.find(({ key }) => key.n === n),
      `attempt ${String(n)} was read`,
    );
  return [
    ...changed.map((attempt) => change(handleOf(attempt.n), attempt)),
    ...created.map((attempt) => create('attempt', attempt)),
    ...(invoice === read.invoice.value ? [] : [change(read.invoice, invoice)]),
    ...(settlement.outcome === 'succeeded' ? await moneyCame(settlement, books, now) : []),
  ];
};

const moneyCame = async (
  {
    invoice,
    attempt,
  }: Extract<Adoption['settlement'], { readonly outcome: 'open' | 'succeeded' | 'failed' | 'expired' }>,
  books: Books,
  now: Instant,
) => {
  const account = present(await books.get('account', invoice.customer), `${invoice.customer} has an account`);
  return [
    change(account, closeItem(account.value, invoice.id, attempt.amount)),
    create('ledgerPage', paymentPage(invoice, attempt, now)),
  ];
};
