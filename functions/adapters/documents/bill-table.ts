/**
 * The lines of a bill as a table that goes on over as many pages as it needs. A line
 * is never split between pages, and each page repeats the header, once for the eye
 * and not again in the structure.
 */
import { isFlat } from '#domain/invoicing/bill-text.ts';
import type { InvoiceBody, InvoiceLine } from '#domain/invoicing/invoice.ts';
import { amountText } from '#domain/money/money.ts';
import { ink, type Paper, type Section, type Type } from './paper.ts';

interface Column {
  readonly title: string;
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly cell: (line: InvoiceLine) => string;
}

const gap = 10;
const padding = 6;
const heading: Type = { face: 'bold', size: 8.5, colour: ink.soft };

/** Draws the table from y down and returns the y below it, perhaps on a later page. */
export const drawBillTable = (paper: Paper, body: InvoiceBody, y: number): number => {
  const columns = columnsOf(paper, body);
  const table = paper.section(paper.root, 'Table');
  let at = drawHeader(paper, columns, y, paper.section(table, 'TR'));
  for (const line of body.lines) {
    const height = Math.max(...columns.map(({ cell, width }) => paper.heightOf(cell(line), width))) + 2 * padding;
    if (at + height > paper.bounds.bottom) {
      paper.newPage();
      at = drawHeader(paper, columns, paper.bounds.top);
    }
    const row = paper.section(table, 'TR');
    for (const { x, width, align, cell } of columns)
      paper.write(row, 'TD', cell(line), { x, y: at + padding, width }, { align });
    row.end();
    at += height;
    paper.decorate((pen) => pen.rule(at, paper.bounds.left, paper.bounds.right, ink.rule, 0.5));
  }
  table.end();
  return at;
};

/** Into the row where one is given; for the eye alone where the header is repeated. */
const drawHeader = (paper: Paper, columns: readonly Column[], y: number, row?: Section): number => {
  const height = Math.max(...columns.map(({ title, width }) => paper.heightOf(title, width, heading)));
  for (const { title, x, width, align } of columns) {
    const place = { x, y: y + padding, width };
    if (row === undefined) paper.decorate((pen) => pen.text(title, place, { ...heading, align }));
    else paper.write(row, 'TH', title, place, { ...heading, align, scope: 'Column' });
  }
  row?.end();
  const below = y + height + 2 * padding;
  paper.decorate((pen) => pen.rule(below, paper.bounds.left, paper.bounds.right, ink.plain, 1));
  return below;
};

const columnsOf = ({ bounds }: Paper, { currency }: InvoiceBody): readonly Column[] => {
  const numbers = [
    { title: 'Quantity', width: 78, align: 'right', cell: (line: InvoiceLine) => (isFlat(line) ? '' : line.quantity) },
    { title: 'Unit', width: 52, align: 'left', cell: ({ unit }: InvoiceLine) => unit },
    {
      title: 'Unit price',
      width: 74,
      align: 'right',
      cell: (line: InvoiceLine) => (isFlat(line) ? '' : line.unitPrice),
    },
    { title: `Amount (${currency})`, width: 84, align: 'right', cell: ({ amount }: InvoiceLine) => amountText(amount) },
  ] as const;
  const taken = numbers.reduce((sum, { width }) => sum + gap + width, 0);
  const columns: Column[] = [
    { title: 'Description', x: bounds.left, width: bounds.width - taken, align: 'left', cell: ({ name }) => name },
  ];
  let x = bounds.right - taken;
  for (const column of numbers) {
    columns.push({ ...column, x: x + gap });
    x += gap + column.width;
  }
  return columns;
};
