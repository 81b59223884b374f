/** What a refused confirmation means: a payment that another delivery confirmed is no decline, and one nobody did is cancelled. */
import { expect, it } from 'vitest';
import { money } from '#domain/money/money.ts';
import type { IntentState } from '#domain/payments/intent-state.ts';
import type { PaymentAttempt } from '#domain/payments/payment-attempt.ts';
import { instant } from '#domain/time/instant.ts';
import type { CallOutcome, Payments } from '../ports.ts';
import { ask } from './ask.ts';

const now = instant('2026-03-01T12:00:00.000Z');
const amount = money('123.45', 'USD');
const attempt: PaymentAttempt = {
  ...{ invoice: 'inv_1', n: 1, amount, how: 'saved_card', state: 'sent', intent: 'pi_1' },
  ...{ claimedAt: now, changedAt: now },
};
const stands = (state: IntentState['state']): CallOutcome<IntentState> => ({
  state: 'ok',
  value: { intent: 'pi_1', state, amount, pays: { invoice: 'inv_1', attempt: 1 } },
});

/** A provider that refuses to confirm and answers each look-up in turn; `keys` are those it was given. */
const refusing = (...looks: readonly IntentState['state'][]) => {
  const waiting = [...looks];
  const keys: string[] = [];
  const payments: Partial<Payments> = {
    lookUpIntent: async () => stands(waiting.shift() ?? 'unconfirmed'),
    confirmIntent: async (_, key) => (keys.push(key), { state: 'refused', because: 'It cannot be confirmed.' }),
    cancelIntent: async (_, key) => (keys.push(key), stands('cancelled')),
  };
  return { keys, reply: ask({ ask: 'confirm', attempt, intent: 'pi_1' }, payments as Payments) };
};

it('refused because another delivery was faster: the payment stands as that one left it', async () => {
  const { keys, reply } = refusing('unconfirmed', 'succeeded');
  expect(await reply).toMatchObject({ news: { state: 'ok', value: { payment: { state: 'succeeded' } } } });
  expect(keys).toEqual(['inv_1-1-confirm']);
});

it('refused and still unconfirmed: cancelled, so that nobody can confirm it later, with the reason', async () => {
  const { keys, reply } = refusing('unconfirmed', 'unconfirmed');
  expect(await reply).toMatchObject({
    news: { state: 'ok', value: { payment: { state: 'cancelled', because: 'It cannot be confirmed.' } } },
  });
  expect(keys).toEqual(['inv_1-1-confirm', 'inv_1-1-cancel']);
});

it('confirmed before we looked: not confirmed again', async () => {
  const { keys, reply } = refusing('succeeded');
  expect(await reply).toMatchObject({ news: { state: 'ok', value: { payment: { state: 'succeeded' } } } });
  expect(keys).toEqual([]);
});
