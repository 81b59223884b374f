/**
 * The letter that says a saved card was declined. It does not say why: what the bank
 * tells us may be what the bank does not tell whoever holds the card.
 */
import type { InvoiceBody, Issued } from '#domain/invoicing/invoice.ts';
import { moneyText } from '#domain/money/money.ts';
import type { Day } from '#domain/time/day.ts';
import { type LetterContent, paragraph } from './letter-content.ts';

export const declinedLetter = (
  issued: Issued,
  body: InvoiceBody,
  payUrl: string,
  nextAttemptOn: Day | null,
): LetterContent => {
  const amount = moneyText(body.total);
  return {
    subject: `Your card was declined for invoice ${issued.number}`,
    heading: `We could not charge ${amount}`,
    blocks: [
      paragraph(`Hello ${body.billTo.name},`),
      paragraph(
        `the card you saved with us was declined when we charged it for invoice ${issued.number} of ${issued.issuedOn}. ${amount} is still to be paid.`,
      ),
      paragraph(
        nextAttemptOn === null
          ? 'We will not try the card again by ourselves. Please pay here:'
          : `We will try the card again on ${nextAttemptOn}. If you would rather pay now, or with another card, you can do so here:`,
      ),
      { block: 'button', text: `Pay ${amount}`, url: payUrl },
      paragraph('If you have paid in the meantime, you need to do nothing.'),
    ],
    from: [body.issuer.name, ...body.issuer.addressLines],
  };
};
