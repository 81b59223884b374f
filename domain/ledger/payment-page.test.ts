/** A payment’s page, balanced, under an id of its own. */
import { expect, it } from 'vitest';
import { finalInvoice } from '#test/world/open-invoice.ts';
import { instant } from '../time/instant.ts';
import { paymentPage } from './payment-page.ts';

it('moves what was receivable to the provider, under the attempt’s own transaction id', () => {
  const now = instant('2026-03-02T09:00:00.000Z');
  const invoice = finalInvoice();
  const page = paymentPage(
    invoice,
    {
      invoice: invoice.id,
      n: 2,
      amount: invoice.total,
      how: 'saved_card',
      claimedAt: now,
      changedAt: now,
      state: 'succeeded',
      intent: 'pi',
    },
    now,
  );
  expect(page).toMatchObject({
    entity: 'ch',
    tx: `pay-${invoice.id}-2`,
    postedOn: '2026-03-02',
    cause: 'payment_succeeded',
  });
  expect(page.entries.map(({ account, side, amount }) => [account, side, amount.minor])).toEqual([
    ['clearing', 'debit', 12_345n],
    ['receivables', 'credit', 12_345n],
  ]);
});
