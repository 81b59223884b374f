/** What is stored comes back as it was: money as money, and a sender's own fields as the sender's own. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { money } from './money/money.ts';
import { fromPlain, toPlain } from './plain.ts';

const there = (value: unknown): unknown => fromPlain(JSON.parse(JSON.stringify(toPlain(value))));

it('keeps money exact', () => {
  const record = {
    total: money('12.30', 'EUR'),
    lines: [{ amount: money('-500', 'JPY') }, { amount: money('0.001', 'KWD') }],
  };
  expect(toPlain(record)).toEqual({
    total: { $money: '12.30 EUR' },
    lines: [{ amount: { $money: '-500 JPY' } }, { amount: { $money: '0.001 KWD' } }],
  });
  expect(there(record)).toEqual(record);
});

it.each([
  { amount: '12.5', currency: 'EUR' },
  { $money: '12.30 EUR' },
  { $$money: '1' },
  { minor: '1', currency: 'EUR' },
  {},
])('a usage event’s fields stay texts: %j', (data) => {
  expect(there({ data })).toEqual({ data });
});

it('is the identity on any record of texts, whatever its names', () => {
  const record = fc.dictionary(
    fc.oneof(fc.string(), fc.constantFrom('$money', '$$money', 'amount', 'currency')),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(record), (values) => {
      expect(there(values)).toEqual(values);
    }),
  );
});
