/**
 * Mails the bill of an invoice that is owed, and then says so, for collecting waits
 * for it: a card is not charged before its holder could read what for. It says so too
 * where no mail could be sent, since the bill is owed all the same.
 */
import { letterStep } from '../letter-step.ts';
import type { Message, StepCode } from '../step.ts';

export const sendBill: StepCode<'send-bill'> = letterStep({
  about: ({ data }: Message<'send-bill'>) => ({ invoice: data.invoice, step: 'bill' }),
  tells: ({ data }) => [{ name: 'bill.sent', data: { invoice: data.invoice } }],
  isDue: async () => true,
  write: (_, invoice, body, posting, documents) => documents.billMail(invoice, body, posting),
});
