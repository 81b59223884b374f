/**
 * The records of a book as an audit sees them. Each stored item is also made again from
 * the value it holds: where key, hash, kind or index entries come out otherwise, the
 * item is flawed, and a run that searches by index would have missed it.
 */
import type { BooksSeen, Flaw } from '#domain/audit/snapshot.ts';
import { canonicalText } from '#domain/canonical.ts';
import { fromPlain } from '#domain/plain.ts';
import type { Book } from '#functions/adapters/dynamodb/book.ts';
import { itemOf } from '#functions/adapters/dynamodb/item.ts';
import { type RecordKind, records, type ValueOf } from '#functions/records/index.ts';
import type { Item } from '../dynamodb/attribute-value.ts';
import { itemKey } from './scan-table.ts';

interface Stored {
  readonly kind: RecordKind;
  readonly value: unknown;
  readonly version: number;
}

const isKind = (text: string): text is RecordKind => Object.hasOwn(records, text);

/** Of items that are records, neither parts nor outbox pages. */
export const booksSeen = (
  items: readonly Item[],
  book: Book,
): { readonly books: BooksSeen; readonly flaws: readonly Flaw[] } => {
  const flaws: Flaw[] = [];
  const stored = items.flatMap((item): Stored[] => {
    const kind = item['kind']?.S ?? '';
    if (!isKind(kind)) {
      flaws.push({ key: itemKey(item), what: `An item of a kind nobody knows: "${kind}".` });
      return [];
    }
    const value = fromPlain(JSON.parse(item['body']?.S ?? 'null'));
    const version = Number(item['version']?.N);
    const again = itemOf(book, kind, value as ValueOf<typeof kind>, version);
    if (canonicalText(again) !== canonicalText(item))
      flaws.push({
        key: itemKey(item),
        what: `A ${kind} is stored under another key, hash or index entry than its own.`,
      });
    return [{ kind, value, version }];
  });

  const byKind = Map.groupBy(stored, ({ kind }) => kind);
  const all = <Kind extends RecordKind>(kind: Kind): readonly ValueOf<Kind>[] =>
    (byKind.get(kind) ?? []).map(({ value }) => value as ValueOf<Kind>);
  const changed = (byKind.get('customer') ?? [])
    .filter(({ version }) => version > 1)
    .map(({ value }) => (value as ValueOf<'customer'>).id);
  const books: BooksSeen = {
    customers: all('customer'),
    changedCustomers: new Set(changed),
    people: all('person'),
    accounts: all('account'),
    subscriptions: all('subscription'),
    closedPeriods: all('closedPeriod'),
    points: all('point'),
    meters: all('meter'),
    planVersions: all('planVersion'),
    billingEntities: all('billingEntity'),
    runHead: all('runHead')[0] ?? null,
    runs: all('run'),
    ranges: all('runRange'),
    invoices: all('invoice'),
    series: all('series'),
    ledgerPages: all('ledgerPage'),
    attempts: all('attempt'),
    letters: all('letter'),
    lostMails: all('lostMail').map(({ messageId }) => messageId),
    webhooks: all('stripeEvent'),
  };
  return { books, flaws };
};
