/** Payment link tokens: one invoice each, and nothing that only looks like one. */
import { expect, it } from 'vitest';
import { invoiceId } from '#test/world/open-invoice.ts';
import { payToken, readPayToken } from './pay-token.ts';

const secret = 'sixteen or more characters';

it('names its invoice and is made anew for each invoice and secret', () => {
  const token = payToken(invoiceId, secret);
  expect(readPayToken(token)).toEqual({ invoice: invoiceId, mac: token.slice(invoiceId.length + 1) });
  expect(
    new Set([token, payToken(`${invoiceId}1`, secret).slice(0, token.length), payToken(invoiceId, `${secret}2`)]).size,
  ).toBe(3);
  expect(token).not.toContain(secret);
});

it.each([
  '',
  '.',
  invoiceId,
  `${invoiceId}.`,
  `${invoiceId}.zz`,
  `.${'a'.repeat(64)}`,
  `${invoiceId}.${'A'.repeat(64)}`,
  `../x.${'a'.repeat(64)}`,
])('does not read %j', (token) => expect(readPayToken(token)).toBeUndefined());

it('is never made with a secret that could be guessed', () => {
  expect(() => payToken(invoiceId, 'short')).toThrow('secret of some length');
});
