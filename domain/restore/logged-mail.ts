/**
 * A mail that the mail log has and restored books do not. Where the books have the very
 * document it was about, number and all, it is that document's letter and nothing is
 * mailed again. Else it was about a number that is fenced off now: it is kept as what it
 * is, the bill is made anew under another number, and that one is mailed.
 */
import type { Invoice } from '../invoicing/invoice.ts';
import type { Instant } from '../time/instant.ts';

export interface LoggedMail {
  /** The number of the document it is about. */
  readonly number: string;
  readonly invoice: string;
  /** Which mail it is: `bill`, `declined-1`. */
  readonly step: string;
  readonly to: string;
  readonly messageId: string;
  readonly sentAt: Instant;
}

export const isLoggedMailOf = ({ number }: LoggedMail, invoice: Invoice | undefined): boolean =>
  invoice !== undefined && 'number' in invoice.status && invoice.status.number === number;
