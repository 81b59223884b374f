/** What is said of an invoice's payment, and that it is what the charge decides. */
import { describe, expect, it } from 'vitest';
import { bodyOf, invoiceOf, issued } from '#test/contracts/mail-bill.ts';
import type { PaymentMethod } from '../catalog/customer.ts';
import type { Invoice } from '../invoicing/invoice.ts';
import { money } from '../money/money.ts';
import { day } from '../time/day.ts';
import { instant } from '../time/instant.ts';
import { collectionOf, type Collection } from './collection.ts';
import { decideCharge } from './decide-charge.ts';

const methods: Readonly<Record<PaymentMethod['state'], PaymentMethod>> = {
  none: { state: 'none' },
  given: { state: 'given', paymentMethod: 'pm_1' },
  saved: { state: 'saved', paymentMethod: 'pm_1', providerCustomer: 'prov_1' },
  refused: { state: 'refused', paymentMethod: 'pm_1', because: 'No such card.' },
};
const on = day('2026-02-01');
const owed = (parts: Partial<Invoice> = {}) => invoiceOf(bodyOf(), { nextAttemptOn: on, ...parts });
const nothingOf = (state: Collection['state']): Collection => ({ state, nextAttemptOn: null });

describe('collection', () => {
  it.each<[string, Partial<Invoice>, PaymentMethod['state'], Collection]>([
    ['a saved card', {}, 'saved', { state: 'due', nextAttemptOn: on }],
    ['a card being saved', {}, 'given', { state: 'due', nextAttemptOn: on }],
    ['no card', {}, 'none', { state: 'no_method', nextAttemptOn: on }],
    ['a refused card', {}, 'refused', { state: 'no_method', nextAttemptOn: on }],
    ['0.49 EUR, of which a card takes 0.50', { total: money('0.49', 'EUR') }, 'saved', nothingOf('not_by_card')],
    [
      'the same once it was looked at',
      { total: money('0.49', 'EUR'), nextAttemptOn: null },
      'none',
      nothingOf('not_by_card'),
    ],
    ['an attempt under way', { attempts: 1, openAttempt: 1 }, 'saved', nothingOf('under_way')],
    ['a card declined for good', { attempts: 4, nextAttemptOn: null }, 'saved', nothingOf('gave_up')],
    ['a draft', { status: { state: 'draft' }, nextAttemptOn: null }, 'saved', nothingOf('none')],
    ['a paid one', { status: { ...issued, state: 'paid', paidAt: issued.finalizedAt } }, 'saved', nothingOf('none')],
    ['one over nothing', { total: money('0.00', 'EUR'), nextAttemptOn: null }, 'saved', nothingOf('none')],
  ])('of %s', (_, parts, method, expected) => {
    expect(collectionOf(owed(parts), methods[method])).toEqual(expected);
  });

  it('is due with a saved card exactly where the card is charged on that day', () => {
    const now = instant('2026-02-01T09:00:00.000Z');
    const totals = ['0.00', '0.49', '0.50', '35.20'].map((amount) => money(amount, 'EUR'));
    const seen = new Set<string>();
    for (const total of totals)
      for (const openAttempt of [null, 1])
        for (const nextAttemptOn of [null, on])
          for (const method of [methods.none, methods.saved, methods.refused]) {
            const invoice = owed({ total, openAttempt, nextAttemptOn });
            const charged = decideCharge({ invoice, method, earlier: [], afterBill: false }, now).decision === 'claim';
            expect(collectionOf(invoice, method).state === 'due').toBe(charged);
            seen.add(String(charged));
          }
    expect(seen).toEqual(new Set(['true', 'false']));
  });
});
