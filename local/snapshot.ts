/**
 * A snapshot of a local cloud for the audit: both tables scanned whole, the queues
 * counted, and what Stripe's double and the mailbox hold. It is taken piece by piece,
 * so let the cloud come to rest first.
 */
import type { Acknowledged, Snapshot } from '#domain/audit/snapshot.ts';
import type { Book } from '#functions/adapters/dynamodb/book.ts';
import type { Cloud } from './cloud.ts';
import type { Item } from './dynamodb/attribute-value.ts';
import { deadLetterNames } from './lane-queues.ts';
import { booksSeen } from './snapshot/books-seen.ts';
import { journalSeen } from './snapshot/journal-seen.ts';
import { chargeSeen, mailSeen, queuesSeen } from './snapshot/outside-seen.ts';
import { partsSeen } from './snapshot/parts-seen.ts';
import { itemKey, scanTable } from './snapshot/scan-table.ts';
import { tableNames } from './tables.ts';

export type Seen = Pick<Cloud, 'store' | 'queues' | 'inbox'> & {
  readonly stripe: Pick<Cloud['stripe'], 'books'>;
  readonly world: Pick<Cloud['world'], 'clock'>;
} & Partial<Pick<Cloud, 'tables' | 'deadLetters'>>;

/** The live book; a sandbox's are not looked at. */
const book: Book = 'L';

export const takeSnapshot = async (
  { store, queues, stripe, inbox, world, tables = tableNames, deadLetters = deadLetterNames }: Seen,
  acknowledged?: readonly Acknowledged[],
): Promise<Snapshot> => {
  const takenAt = world.clock.now();
  const ofKind = Map.groupBy(
    (await scanTable(store, tables.books)).filter(({ pk }) => (pk?.S ?? '').startsWith(`${book}#`)),
    (item) => rough(item),
  );
  const { books, flaws } = booksSeen(ofKind.get('record') ?? [], book);
  const { parts, flaws: partFlaws } = partsSeen(ofKind.get('part') ?? []);
  const { journal, flaws: journalFlaws } = journalSeen(await scanTable(store, tables.usage), book);
  return {
    takenAt,
    books,
    parts,
    flaws: [...flaws, ...partFlaws, ...journalFlaws],
    journal,
    ...(acknowledged === undefined ? {} : { acknowledged }),
    charges: stripe.books().charges.map(chargeSeen),
    mails: (await inbox.inbox()).map(mailSeen),
    queues: queuesSeen(queues.counts(), deadLetters),
    outbox: (ofKind.get('outboxPage') ?? []).map((item) => ({ key: itemKey(item), events: eventsOf(item) })),
  };
};

const rough = ({ kind }: Item): 'part' | 'outboxPage' | 'record' =>
  kind?.S === 'part' || kind?.S === 'outboxPage' ? kind.S : 'record';

const eventsOf = ({ body }: Item): readonly string[] =>
  (JSON.parse(body?.S ?? '[]') as readonly { readonly name: string }[]).map(({ name }) => name);
