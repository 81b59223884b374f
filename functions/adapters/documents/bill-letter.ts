/** The letter that brings a bill. */
import { supplyText } from '#domain/invoicing/bill-text.ts';
import type { Invoice, InvoiceBody, Issued } from '#domain/invoicing/invoice.ts';
import { moneyText } from '#domain/money/money.ts';
import { type LetterContent, paragraph } from './letter-content.ts';

export const billLetter = (invoice: Invoice, issued: Issued, body: InvoiceBody, payUrl: string): LetterContent => ({
  subject: `Invoice ${issued.number} from ${body.issuer.name}: ${moneyText(body.total)}`,
  heading: `Your invoice ${issued.number}`,
  blocks: [
    paragraph(`Hello ${body.billTo.name},`),
    paragraph(
      `here is your invoice for ${body.plan.name}, ${supplyText(body)}. It comes to ${moneyText(body.total)} and is due on ${issued.dueOn}.`,
    ),
    { block: 'bill', invoice, body },
    paragraph('If you have saved a card with us, we charge it and you need to do nothing. Otherwise please pay here:'),
    { block: 'button', text: `Pay ${moneyText(body.total)}`, url: payUrl },
    paragraph('The invoice is attached as a PDF.'),
  ],
  from: [body.issuer.name, ...body.issuer.addressLines],
});
