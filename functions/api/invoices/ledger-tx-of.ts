/**
 * The ledger page that made an invoice owed. A page is named for the first number of
 * the up to 25 that were finalised together, so it is among the 25 that end at the
 * invoice's own.
 */
import type { Invoice } from '#domain/invoicing/invoice.ts';
import type { Books } from '../../ports.ts';

const mostTogether = 25;

export const ledgerTxOf = async (books: Books, { id, billingEntity, status }: Invoice): Promise<string | null> => {
  if (
    !('number' in status) ||
    status.serial === undefined ||
    status.issuedOn === undefined ||
    status.series === undefined
  )
    return null;
  const { series, serial, issuedOn } = status;
  const firsts = Array.from({ length: Math.min(mostTogether, serial) }, (_, i) => serial - i);
  const pages = await books.getAll(
    'ledgerPage',
    firsts.map((first) => ({
      entity: billingEntity,
      postedOn: issuedOn,
      tx: `final-${series}-${String(first).padStart(9, '0')}`,
    })),
  );
  return pages.find(({ value }) => value.entries.some(({ invoice }) => invoice === id))?.value.tx ?? null;
};
