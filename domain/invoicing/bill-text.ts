/**
 * The bill as a person reads it on a terminal or in a plain mail, and the words that
 * the mail and the PDF share with it. Stories assert this text.
 */
import { amountText, moneyText } from '../money/money.ts';
import { addDays } from '../time/day.ts';
import type { Invoice, InvoiceBody, InvoiceLine } from './invoice.ts';

export const billText = ({ status }: Invoice, body: InvoiceBody): string =>
  [
    'number' in status ? `Invoice ${status.number}` : 'Draft invoice',
    `${body.issuer.name} to ${body.billTo.name}`,
    `${body.plan.name}, ${supplyText(body)}`,
    ...body.lines.map(lineText),
    `Total ${moneyText(body.total)}${dueText(status)}`,
  ].join('\n');

/** `Electricity, first 100: 100 kWh × 0.2 = 20.00` */
export const lineText = (line: InvoiceLine): string =>
  isFlat(line)
    ? `${line.name}: ${amountText(line.amount)}`
    : `${line.name}: ${`${line.quantity} ${line.unit}`.trimEnd()} × ${line.unitPrice} = ${amountText(line.amount)}`;

/** The days of supply, both counted: `2026-01-01 to 2026-01-31`. */
export const supplyText = ({ supplyFromOn, supplyUntilOn }: InvoiceBody): string =>
  `${supplyFromOn} to ${addDays(supplyUntilOn, -1)}`;

/** A fixed charge taken once: a quantity of one and its own price would only repeat the amount. */
export const isFlat = ({ kind, quantity }: InvoiceLine): boolean => kind === 'fixed' && quantity === '1';

const dueText = (status: Invoice['status']): string => {
  switch (status.state) {
    case 'final':
      return `, due ${status.dueOn}`;
    case 'paid':
      return ', paid';
    case 'void':
      return ', void';
    case 'draft':
      return '';
  }
};
