/**
 * What a letter says, as data: written once, shown as HTML and as plain text, so the
 * two parts of a mail cannot say different things.
 */
import type { Invoice, InvoiceBody } from '#domain/invoicing/invoice.ts';

export interface LetterContent {
  readonly subject: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
  /** Who writes, below everything. */
  readonly from: readonly string[];
}

export type Block =
  | { readonly block: 'paragraph'; readonly text: string }
  | { readonly block: 'bill'; readonly invoice: Invoice; readonly body: InvoiceBody }
  | { readonly block: 'button'; readonly text: string; readonly url: string };

export const paragraph = (text: string): Block => ({ block: 'paragraph', text });
