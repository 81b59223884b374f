/**
 * The bill as a PDF, laid out from the frozen invoice and nothing else, so the same
 * invoice is the same file to the byte whenever it is asked for, paid or not. Tagged
 * and in English; fonts are embedded.
 */
import { supplyText } from '#domain/invoicing/bill-text.ts';
import type { InvoiceBody, Issued } from '#domain/invoicing/invoice.ts';
import { amountText, type Money, moneyText } from '#domain/money/money.ts';
import { notChargeable } from '#domain/payments/not-chargeable.ts';
import { epochMs } from '#domain/time/instant.ts';
import { addressLines } from './address-lines.ts';
import { drawBillTable } from './bill-table.ts';
import { ink, openPaper, type Paper } from './paper.ts';
import { codePointName } from './printable.ts';

export const billPdf = async (issued: Issued, body: InvoiceBody, payUrl: string): Promise<Uint8Array> => {
  const paper = openPaper({
    title: `Invoice ${issued.number}`,
    author: body.issuer.name,
    createdAt: new Date(epochMs(issued.finalizedAt)),
  });
  let y = drawLetterhead(paper, body);
  y = drawParties(paper, issued, body, y + 30);
  y = drawAmountDue(paper, issued, body, y + 22);
  y = drawBillTable(paper, body, y + 20);
  y = drawTotals(paper, body, withRoom(paper, y + 8, 60));
  y = drawPayment(paper, issued, body.total, payUrl, withRoom(paper, y + 24, 90));
  drawMissing(paper, y + 16);
  paper.root.end();
  return paper.finish((page, pages, pen) => {
    const { left, right, bottom, width } = paper.bounds;
    pen.rule(bottom + 16, left, right, ink.rule, 0.5);
    const place = { x: left, y: bottom + 22, width };
    pen.text(
      `${body.issuer.name} · Invoice ${issued.number}`,
      { ...place, width: width - 100 },
      { size: 8, colour: ink.soft },
    );
    pen.text(`Page ${String(page)} of ${String(pages)}`, place, { size: 8, colour: ink.soft, align: 'right' });
  });
};

const drawLetterhead = (paper: Paper, { issuer }: InvoiceBody): number => {
  const { left, right, top, width } = paper.bounds;
  const head = paper.section(paper.root, 'Sect');
  const underTitle = paper.write(
    head,
    'H1',
    'Invoice',
    { x: left, y: top - 6, width: width / 2 },
    { face: 'bold', size: 24 },
  );
  const place = (y: number) => ({ x: left + width / 2, y, width: right - left - width / 2 });
  let y = paper.write(head, 'P', issuer.name, place(top), { face: 'bold', size: 11, align: 'right' });
  for (const line of issuer.addressLines)
    y = paper.write(head, 'P', line, place(y), { size: 9, colour: ink.soft, align: 'right' });
  head.end();
  return Math.max(underTitle, y);
};

const drawParties = (paper: Paper, issued: Issued, body: InvoiceBody, top: number): number => {
  const { left, right, width } = paper.bounds;
  const to = paper.section(paper.root, 'Sect');
  const place = (y: number) => ({ x: left, y, width: width * 0.44 });
  let y = paper.write(to, 'H2', 'Bill to', place(top), { face: 'bold', size: 8.5, colour: ink.soft });
  y = paper.write(to, 'P', body.billTo.name, place(y + 3), { face: 'bold', size: 10.5 });
  for (const line of [...addressLines(body.billTo.address), body.billTo.email].filter((text) => text !== ''))
    y = paper.write(to, 'P', line, place(y));
  to.end();

  const facts = paper.section(paper.root, 'Table');
  const labels = { x: left + width * 0.5, width: 92 };
  const values = { x: labels.x + labels.width + 10, width: right - labels.x - labels.width - 10 };
  let at = top;
  for (const [label, value] of factsOf(issued, body)) {
    const row = paper.section(facts, 'TR');
    paper.write(row, 'TH', label, { ...labels, y: at }, { colour: ink.soft, scope: 'Row' });
    at = 2 + paper.write(row, 'TD', value, { ...values, y: at });
    row.end();
  }
  facts.end();
  return Math.max(y, at);
};

const factsOf = (issued: Issued, body: InvoiceBody): readonly (readonly [string, string])[] => [
  ['Invoice number', issued.number],
  ['Issue date', issued.issuedOn],
  ['Due date', issued.dueOn],
  ['Supply period', supplyText(body)],
  ['Plan', body.plan.name],
  ['Customer', body.externalId],
  ...(body.purchaseOrder === null ? [] : [['Purchase order', body.purchaseOrder] as const]),
];

const drawAmountDue = (paper: Paper, issued: Issued, { total }: InvoiceBody, top: number): number => {
  const { left, width } = paper.bounds;
  const height = 48;
  paper.decorate((pen) => pen.ground({ x: left, y: top, width }, height, ink.ground));
  const due = paper.section(paper.root, 'Sect');
  const place = (y: number) => ({ x: left + 14, y: top + y, width: width - 28 });
  paper.write(due, 'P', 'Amount due', place(8), { size: 8.5, colour: ink.soft });
  paper.write(due, 'P', moneyText(total), place(18), { face: 'bold', size: 16 });
  paper.write(due, 'P', `Please pay by ${issued.dueOn}`, place(23), { size: 10.5, align: 'right' });
  due.end();
  return top + height;
};

const drawTotals = (paper: Paper, { subtotal, total }: InvoiceBody, top: number): number => {
  const { left, right } = paper.bounds;
  const table = paper.section(paper.root, 'Table');
  const amounts = [
    { label: 'Subtotal', amount: amountText(subtotal), face: 'regular', size: 9.5 },
    { label: `Total ${total.currency}`, amount: amountText(total), face: 'bold', size: 12 },
  ] as const;
  let y = top;
  for (const { label, amount, face, size } of amounts) {
    const row = paper.section(table, 'TR');
    paper.write(
      row,
      'TH',
      label,
      { x: left, y, width: right - left - 130 },
      { face, size, align: 'right', scope: 'Row' },
    );
    y = 4 + paper.write(row, 'TD', amount, { x: right - 120, y, width: 120 }, { face, size, align: 'right' });
    row.end();
  }
  table.end();
  return y;
};

const drawPayment = (paper: Paper, issued: Issued, total: Money, payUrl: string, top: number): number => {
  const { left, width } = paper.bounds;
  const how = paper.section(paper.root, 'Sect');
  let y = paper.write(how, 'H2', 'How to pay', { x: left, y: top, width }, { face: 'bold', size: 10.5 });
  const tooSmall = notChargeable(total);
  if (tooSmall !== undefined) {
    y = paper.write(how, 'P', `${tooSmall} It stays open on your account.`, { x: left, y: y + 3, width });
    how.end();
    return y;
  }
  const words = `Unless we charge a card you saved with us, please pay by ${issued.dueOn} on this page:`;
  y = paper.write(how, 'P', words, { x: left, y: y + 3, width });
  y = paper.write(how, 'Link', payUrl, { x: left, y: y + 3, width }, { size: 9, colour: ink.accent, link: payUrl });
  how.end();
  return y;
};

/** Says which characters stand as �, for a name must not lose its letters unsaid. */
const drawMissing = (paper: Paper, top: number): void => {
  const missing = [...new Set(paper.missing())].map(codePointName);
  if (missing.length === 0) return;
  const { left, width } = paper.bounds;
  const more = missing.length > 20 ? ` and ${String(missing.length - 20)} more` : '';
  const words = `Characters shown as � are not in the font of this document: ${missing.slice(0, 20).join(', ')}${more}. They are kept in the invoice, and copying the text gives them.`;
  const type = { size: 8, colour: ink.soft };
  paper.write(
    paper.root,
    'Note',
    words,
    { x: left, y: withRoom(paper, top, paper.heightOf(words, width, type)), width },
    type,
  );
};

/** The y to go on at: this one if so much fits below it, or the top of a new page. */
const withRoom = (paper: Paper, y: number, height: number): number => {
  if (y + height <= paper.bounds.bottom) return y;
  paper.newPage();
  return paper.bounds.top;
};
