/** A paid invoice leaves its account to the cent, and once. */
import { expect, it } from 'vitest';
import { money } from '../money/money.ts';
import { day } from '../time/day.ts';
import type { Account } from './account.ts';
import { closeItem } from './open-items.ts';

const item = (invoice: string, amount: string) => ({
  invoice,
  number: invoice,
  open: money(amount, 'EUR'),
  dueOn: day('2026-03-15'),
});
const account: Account = {
  customer: 'cus_1',
  currency: 'EUR',
  subscriptions: 1,
  usageSubscription: null,
  openItems: [item('a', '5.00'), item('b', '5.00')],
};

it('closes the one item that was paid', () => {
  expect(closeItem(account, 'b', money('5.00', 'EUR')).openItems).toEqual([item('a', '5.00')]);
});

it('closes nothing for another amount, nor twice', () => {
  expect(() => closeItem(account, 'b', money('4.99', 'EUR'))).toThrow('to the cent');
  const closed = closeItem(account, 'b', money('5.00', 'EUR'));
  expect(() => closeItem(closed, 'b', money('5.00', 'EUR'))).toThrow('open item');
});
