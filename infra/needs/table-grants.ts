/**
 * What a function may do to the two tables: which actions on which partitions, by the
 * beginnings of their keys. Records are only ever put, under a condition of the
 * runtime's; no function may update or delete one, so ledger pages, numbers and
 * documents cannot be taken back even by a bug.
 */
import { type RecordKind, records } from '#functions/records/index.ts';
import { booksReads } from './books-reads.ts';
import type { FunctionNeeds } from './function-needs.ts';

export interface TableGrant {
  readonly table: 'books' | 'usage';
  /** On this index, and not on the table. */
  readonly index?: 'due' | 'list';
  readonly action: `dynamodb:${'BatchGet' | 'ConditionCheck' | 'Delete' | 'Get' | 'Put'}Item` | 'dynamodb:Query';
  /** What the partition keys are or, with `*` for any rest, begin with. */
  readonly leading: readonly string[];
}

/** The live book's prefix: a function of this deployment reaches no sandbox's records. */
export const book = 'L';
const inBook = (leading: string): string => `${book}#${leading}`;

const leadingOf = (kinds: readonly RecordKind[]): readonly string[] =>
  [...new Set(kinds.map((kind) => inBook(`${records[kind].leading}*`)))].sort();

const outbox = inBook('OUT#*');

const booksGrants = ({ name, writes, tells, sweeps }: FunctionNeeds): readonly TableGrant[] => {
  const { get = [], getAll = [], list = [], due = [], index = [], unchanged = [] } = booksReads[name];
  const table = 'books';
  return [
    { table, action: 'dynamodb:GetItem', leading: leadingOf(get) },
    { table, action: 'dynamodb:BatchGetItem', leading: leadingOf(getAll) },
    { table, action: 'dynamodb:Query', leading: [...leadingOf(list), ...(sweeps ? [outbox] : [])] },
    { table, action: 'dynamodb:Query', index: 'due', leading: due.map((work) => inBook(`${work}#*`)) },
    { table, action: 'dynamodb:Query', index: 'list', leading: index.map(inBook) },
    { table, action: 'dynamodb:ConditionCheckItem', leading: leadingOf(unchanged) },
    { table, action: 'dynamodb:PutItem', leading: [...leadingOf(writes), ...(tells ? [outbox] : [])] },
    { table, action: 'dynamodb:DeleteItem', leading: tells ? [outbox] : [] },
  ];
};

const usageGrants = ({ usageLog }: FunctionNeeds): readonly TableGrant[] => {
  if (usageLog === undefined) return [];
  const [journal, layout, numbers] = [inBook('J#*'), inBook('JLAYOUT'), inBook('PTN#*')];
  const table = 'usage';
  return [
    { table, action: 'dynamodb:GetItem', leading: [layout] },
    { table, action: 'dynamodb:BatchGetItem', leading: [numbers] },
    usageLog === 'append'
      ? { table, action: 'dynamodb:PutItem', leading: [journal, numbers] }
      : { table, action: 'dynamodb:Query', leading: [journal] },
  ];
};

export const tableGrants = (needs: FunctionNeeds): readonly TableGrant[] =>
  [...booksGrants(needs), ...usageGrants(needs)].filter(({ leading }) => leading.length > 0);
