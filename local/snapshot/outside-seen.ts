/** What the outside says happened: charges of the Stripe double's books, and mails that arrived. */
import type { DeliveredMail, ProviderCharge, QueueSeen } from '#domain/audit/snapshot.ts';
import { nothing } from '#domain/money/money.ts';
import { fromStripe } from '#functions/adapters/stripe/stripe-amount.ts';
import type { ReceivedMail } from '../ses/received-mail.ts';
import type { Queues } from '../sqs/queues.ts';
import type { BookedCharge } from '../stripe/books.ts';

export const chargeSeen = ({
  id,
  paymentIntent,
  metadata,
  amount,
  refunded,
  currency,
  status,
}: BookedCharge): ProviderCharge => {
  const { invoice, attempt } = metadata;
  const money = fromStripe({ amount, currency });
  return {
    id,
    intent: paymentIntent,
    pays: invoice === undefined || attempt === undefined ? null : { invoice, attempt: Number(attempt) },
    amount: money,
    refunded: refunded === 0 ? nothing(money.currency) : fromStripe({ amount: refunded, currency }),
    status,
  };
};

export const mailSeen = ({ messageId, to, text }: Pick<ReceivedMail, 'messageId' | 'to' | 'text'>): DeliveredMail => ({
  messageId,
  to,
  invoice: /\/pay\/(inv_[0-9a-z_]+)\./.exec(text)?.[1] ?? null,
});

export const queuesSeen = (
  counts: ReturnType<Queues['counts']>,
  deadLetters: readonly string[],
): readonly QueueSeen[] =>
  Object.entries(counts).map(([name, { visible, inFlight, delayed }]) => ({
    name,
    isDeadLetter: deadLetters.includes(name),
    messages: visible + inFlight + delayed,
  }));
