/**
 * The secret part of a payment link: it opens one invoice and nothing else (I34).
 * `invoice.mac`, the mac a keyed hash of the invoice's id. It never expires: what is
 * paid cannot be paid again, and an old bill must stay payable.
 */
import { assert } from '../assert.ts';
import { hmacSha256 } from '../sha256.ts';

export const payToken = (invoice: string, secret: string): string => {
  assert(secret.length >= 16, 'payment links are made with a secret of some length');
  // The purpose is part of what is hashed: a mac made for something else opens no payment.
  return `${invoice}.${hmacSha256(secret, `pay:${invoice}`)}`;
};

/** What a text of this form claims. It is believed only once the mac is found equal, in constant time. */
export const readPayToken = (token: string): { readonly invoice: string; readonly mac: string } | undefined => {
  const [, invoice, mac] = /^([0-9a-z_]{1,100})\.([0-9a-f]{64})$/.exec(token) ?? [];
  return invoice === undefined || mac === undefined ? undefined : { invoice, mac };
};
