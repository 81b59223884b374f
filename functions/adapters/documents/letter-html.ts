/**
 * A letter as HTML that mail programs bear: styles inline, nothing fetched from
 * anywhere, one column, a table with real headers. Text and ground keep the reader's
 * own colours, so a dark screen stays dark; only the button has a ground of its own.
 */
import { unreachable } from '#domain/assert.ts';
import { isFlat } from '#domain/invoicing/bill-text.ts';
import type { InvoiceBody, InvoiceLine } from '#domain/invoicing/invoice.ts';
import { amountText, moneyText } from '#domain/money/money.ts';
import type { Block, LetterContent } from './letter-content.ts';
import { type Markup, markup, markupText } from './markup.ts';

const rule = '1px solid #8c959f';
const cell = `padding:8px 6px;border-bottom:${rule};vertical-align:top`;
const style = {
  page: `margin:0;padding:24px;font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif;font-size:16px;line-height:1.5`,
  column: 'max-width:640px;margin:0 auto',
  heading: 'font-size:22px;line-height:1.3;margin:0 0 16px',
  paragraph: 'margin:0 0 16px',
  button:
    'display:inline-block;padding:12px 22px;border-radius:6px;background-color:#14508c;color:#ffffff;font-weight:bold;text-decoration:none',
  table: 'width:100%;border-collapse:collapse;margin:0 0 16px;font-size:14px',
  words: `${cell};text-align:left`,
  name: `${cell};text-align:left;font-weight:normal`,
  number: `${cell};text-align:right;white-space:nowrap`,
  total: 'padding:10px 6px;text-align:right;font-weight:bold;white-space:nowrap',
  sender: `margin:32px 0 0;padding-top:12px;border-top:${rule};font-size:13px`,
} as const;

export const letterHtml = ({ subject, heading, blocks, from }: LetterContent): string =>
  markupText(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
</head>
<body style="${style.page}">
<main style="${style.column}">
<h1 style="${style.heading}">${heading}</h1>
${blocks.map(blockMarkup)}
<p style="${style.sender}">${from.map((line) => markup`<bdi>${line}</bdi><br>`)}</p>
</main>
</body>
</html>
`);

const blockMarkup = (block: Block): Markup => {
  switch (block.block) {
    case 'paragraph':
      return markup`<p style="${style.paragraph}">${block.text}</p>\n`;
    case 'bill':
      return billMarkup(block.body);
    case 'button':
      return markup`<p style="margin:24px 0"><a href="${block.url}" style="${style.button}">${block.text}</a></p>\n`;
    default:
      return unreachable(block);
  }
};

const billMarkup = (body: InvoiceBody): Markup =>
  markup`<table style="${style.table}">
<thead>
<tr>
<th scope="col" style="${style.words}">Description</th>
<th scope="col" style="${style.number}">Quantity</th>
<th scope="col" style="${style.number}">Unit price</th>
<th scope="col" style="${style.number}">Amount (${body.currency})</th>
</tr>
</thead>
<tbody>
${body.lines.map(lineMarkup)}</tbody>
<tfoot>
<tr><th scope="row" colspan="3" style="${style.total}">Total</th><td style="${style.total}">${moneyText(body.total)}</td></tr>
</tfoot>
</table>
`;

const lineMarkup = (line: InvoiceLine): Markup =>
  markup`<tr>
<th scope="row" style="${style.name}"><bdi>${line.name}</bdi></th>
<td style="${style.number}">${isFlat(line) ? '' : `${line.quantity} ${line.unit}`.trimEnd()}</td>
<td style="${style.number}">${isFlat(line) ? '' : line.unitPrice}</td>
<td style="${style.number}">${amountText(line.amount)}</td>
</tr>
`;
