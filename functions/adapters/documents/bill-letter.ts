/** The letter that brings a bill, and says what becomes of this one: charged, to be paid by its reader, or too small. */
import { unreachable } from '#domain/assert.ts';
import { supplyText } from '#domain/invoicing/bill-text.ts';
import type { Invoice, InvoiceBody, Issued } from '#domain/invoicing/invoice.ts';
import { moneyText } from '#domain/money/money.ts';
import type { Collection } from '#domain/payments/collection.ts';
import { type Block, type LetterContent, paragraph } from './letter-content.ts';

export const billLetter = (
  invoice: Invoice,
  issued: Issued,
  body: InvoiceBody,
  payUrl: string,
  collection: Collection,
): LetterContent => ({
  subject: `Invoice ${issued.number} from ${body.issuer.name}: ${moneyText(body.total)}`,
  heading: `Your invoice ${issued.number}`,
  blocks: [
    paragraph(`Hello ${body.billTo.name},`),
    paragraph(
      `here is your invoice for ${body.plan.name}, ${supplyText(body)}. It comes to ${moneyText(body.total)} and is due on ${issued.dueOn}.`,
    ),
    { block: 'bill', invoice, body },
    ...payment(collection.state, moneyText(body.total), payUrl),
    paragraph('The invoice is attached as a PDF.'),
  ],
  from: [body.issuer.name, ...body.issuer.addressLines],
});

const payment = (state: Collection['state'], amount: string, payUrl: string): readonly Block[] => {
  const button: Block = { block: 'button', text: `Pay ${amount}`, url: payUrl };
  switch (state) {
    case 'due':
      return [
        paragraph(
          'We charge your saved card; you need to do nothing. If you would rather pay with another card, you can do so here:',
        ),
        button,
      ];
    case 'under_way':
      return [paragraph('A payment for it is under way; you need to do nothing.')];
    case 'no_method':
    case 'gave_up':
      return [paragraph('Please pay with this link:'), button];
    case 'not_by_card':
      // No button: the page behind it refuses such an amount too.
      return [
        paragraph(
          `${amount} is too small an amount for a card payment, so no card is charged. It stays open on your account; you need to do nothing now.`,
        ),
      ];
    case 'none':
      return [];
    default:
      return unreachable(state);
  }
};
