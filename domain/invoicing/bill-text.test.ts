/** The bill as text, to the letter. */
import { expect, it } from 'vitest';
import { money } from '../money/money.ts';
import { bodyOf, invoiceOf, issued, lineOf } from '#test/contracts/mail-bill.ts';
import { billText, lineText } from './bill-text.ts';

it('is the bill as a person reads it', () => {
  const body = bodyOf();
  expect(billText(invoiceOf(body), body)).toBe(
    [
      'Invoice CH-2026-000042',
      'Countinghouse Energy GmbH to Żółta Łódź Sp. z o.o.',
      'Home power, 2026-01-01 to 2026-01-31',
      'Basic fee: 4.90',
      'Electricity, first 100: 100 kWh × 0.2 = 20.00',
      // 68.125 × 0.1512 = 10.3005
      'Electricity, from 101: 68.125 kWh × 0.1512 = 10.30',
      // 4.90 + 20.00 + 10.30
      'Total 35.20 EUR, due 2026-02-15',
    ].join('\n'),
  );
});

it.each([
  [{ state: 'draft' }, 'Draft invoice', 'Total 35.20 EUR'],
  [{ ...issued, state: 'paid', paidAt: issued.finalizedAt }, 'Invoice CH-2026-000042', 'Total 35.20 EUR, paid'],
  [{ state: 'void', voidedAt: issued.finalizedAt }, 'Draft invoice', 'Total 35.20 EUR, void'],
] as const)('says how it stands: %j', (status, first, last) => {
  const body = bodyOf();
  const lines = billText(invoiceOf(body, { status }), body).split('\n');
  expect([lines[0], lines.at(-1)]).toEqual([first, last]);
});

it('a quantity without a unit, and a fixed price taken several times', () => {
  expect(
    lineText(lineOf({ name: 'Calls', unit: '', quantity: '3', unitPrice: '2', amount: money('6.00', 'EUR') })),
  ).toBe('Calls: 3 × 2 = 6.00');
  expect(
    lineText(
      lineOf({
        name: 'Seats',
        kind: 'fixed',
        unit: 'seat',
        quantity: '2',
        unitPrice: '5',
        amount: money('10.00', 'EUR'),
      }),
    ),
  ).toBe('Seats: 2 seat × 5 = 10.00');
});
