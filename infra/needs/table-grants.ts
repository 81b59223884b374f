/**
 * What a function may do to the two tables: which actions on which partitions, by the
 * beginnings of their keys. Records are only ever put, under a condition of the
 * runtime's; no function may update or delete one, so ledger pages, numbers and
 * documents cannot be taken back even by a bug.
 */
import type { FunctionName, FunctionNeeds } from './function-needs.ts';
import { type RecordKind, records } from '#functions/records/index.ts';

export interface TableGrant {
  readonly table: 'books' | 'usage';
  /** On the table's indexes, and not on the table. */
  readonly indexes?: true;
  readonly actions: readonly `dynamodb:${string}`[];
  /** What the partition keys begin with; `*` stands for any rest. */
  readonly leading: readonly string[];
}

/** The live book's prefix: a function of this deployment reaches no sandbox's records. */
export const book = 'L';
const inBook = (leading: string): string => `${book}#${leading}`;

/**
 * Kinds that only some may read. The flow does not say what a step reads, so this
 * does: whoever bills, mails or serves people sees names and addresses, whoever asks
 * for keys sees keys, and answers kept for repeated requests are the API's.
 */
const confidential: Readonly<Partial<Record<RecordKind, (needs: FunctionNeeds) => boolean>>> = {
  person: ({ name }) => (['billing', 'messages', 'api'] satisfies FunctionName[] as FunctionName[]).includes(name),
  apiKey: ({ checksApiKeys }) => checksApiKeys,
  idempotentAnswer: ({ name }) => name === 'api',
};

const kinds = Object.keys(records) as readonly RecordKind[];
const leadingOf = (some: readonly RecordKind[]): readonly string[] =>
  [...new Set(some.map((kind) => `${inBook(records[kind].leading)}*`))].sort();

const outbox = inBook('OUT#*');

const booksGrants = (needs: FunctionNeeds): readonly TableGrant[] => {
  const readable = leadingOf(kinds.filter((kind) => confidential[kind]?.(needs) ?? true));
  const put = [...leadingOf(needs.writes), ...(needs.tells ? [outbox] : [])];
  const findsByIndex = needs.name !== 'usage';
  return [
    { table: 'books', actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'], leading: readable },
    ...(findsByIndex
      ? [{ table: 'books', indexes: true, actions: ['dynamodb:Query'], leading: [inBook('*')] } as const]
      : []),
    ...(needs.writes.length > 0
      ? [{ table: 'books', actions: ['dynamodb:ConditionCheckItem'], leading: readable } as const]
      : []),
    ...(put.length > 0 ? [{ table: 'books', actions: ['dynamodb:PutItem'], leading: put } as const] : []),
    ...(needs.tells ? [{ table: 'books', actions: ['dynamodb:DeleteItem'], leading: [outbox] } as const] : []),
    ...(needs.sweeps ? [{ table: 'books', actions: ['dynamodb:Query'], leading: [outbox] } as const] : []),
  ];
};

const usageGrants = ({ usageLog }: FunctionNeeds): readonly TableGrant[] => {
  if (usageLog === undefined) return [];
  const [journal, layout, numbers] = [inBook('J#*'), inBook('JLAYOUT'), inBook('PTN#*')];
  return [
    { table: 'usage', actions: ['dynamodb:GetItem'], leading: [layout] },
    { table: 'usage', actions: ['dynamodb:BatchGetItem'], leading: [numbers] },
    usageLog === 'append'
      ? { table: 'usage', actions: ['dynamodb:PutItem'], leading: [journal, numbers] }
      : { table: 'usage', actions: ['dynamodb:Query'], leading: [journal] },
  ];
};

export const tableGrants = (needs: FunctionNeeds): readonly TableGrant[] => [
  ...booksGrants(needs),
  ...usageGrants(needs),
];
