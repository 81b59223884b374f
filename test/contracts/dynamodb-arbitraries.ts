/**
 * Random requests to a table like `books` (see dynamodb-under-test.ts): few keys and values, so that
 * conditions hold about as often as they fail, and mostly requests that AWS would accept.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';

export type Values = Record<string, AttributeValue>;
export interface Step {
  readonly operation: string;
  readonly input: object;
}

const number = fc.constantFrom('0', '1', '-1', '2.50', '10', '9', '1e3', '0.1').map((N) => ({ N }));
const set = fc.subarray(['p', 'q', 'r'], { minLength: 1 }).map((SS) => ({ SS }));
const PARTITIONS = ['a', 'b'];
const SORT_KEYS = ['a', 'b', 'ab', 'z', 'é'];
const string = fc.constantFrom(...SORT_KEYS).map((S) => ({ S }));
const key = fc.record({ pk: fc.constantFrom(...PARTITIONS).map((S) => ({ S })), sk: string });
const attributesWith = (amount: fc.Arbitrary<AttributeValue>) =>
  fc.record(
    {
      n: number,
      note: string,
      tags: set,
      lines: fc.array(number, { maxLength: 3 }).map((L) => ({ L })),
      doc: fc.record({ x: number, y: string }).map((M) => ({ M })),
      state: fc.constantFrom('open', 'shut').map((S) => ({ S })),
      amount,
      due: fc.constantFrom('mon', 'tue').map((S) => ({ S })),
    },
    { requiredKeys: ['n', 'doc'] },
  ) as fc.Arbitrary<Values>;
const attributes = attributesWith(fc.oneof({ weight: 9, arbitrary: number }, { weight: 1, arbitrary: string }));

const operator = fc.constantFrom('=', '<>', '<', '<=', '>', '>=');
const term = fc.oneof(
  fc.constantFrom('attribute_exists(n)', 'attribute_not_exists(doc.x)', 'attribute_exists(lines[1])'),
  fc
    .tuple(fc.constantFrom('n', 'doc.x', 'lines[0]', 'size(tags)', 'size(lines)'), operator)
    .map(([a, o]) => `${a} ${o} :n`),
  fc.tuple(fc.constantFrom('note', 'doc.y'), operator).map(([a, o]) => `${a} ${o} :s`),
  fc.constantFrom('n BETWEEN :n AND :m', 'note IN (:s, :t)', 'begins_with(note, :s)', 'tags = :set'),
  fc.constantFrom('contains(note, :s)', 'contains(tags, :p)', 'contains(lines, :n)', 'attribute_type(n, :typeN)'),
);
const expression = fc.oneof(
  term,
  term.map((a) => `NOT ${a}`),
  fc.tuple(term, fc.constantFrom('AND', 'OR'), term).map(([a, o, b]) => `(${a}) ${o} ${b}`),
);
const update = fc.constantFrom(
  'SET n = :n, note = :s REMOVE lines[0]',
  'SET n = n + :n',
  'SET n = if_not_exists(n, :n) - :m, doc.x = :m',
  'SET lines = list_append(if_not_exists(lines, :l), :l), lines2 = lines',
  'SET lines[1] = :n, #state = :open',
  'SET due = note',
  'ADD n :n, tags :set',
  'DELETE tags :set REMOVE #state',
  'REMOVE doc.y, amount',
  'ADD note :n',
  'SET sk = :s',
);
const pool = fc.record({
  ':n': number,
  ':m': number,
  ':s': string,
  ':t': string,
  ':set': set,
  ':l': fc.array(number, { minLength: 1, maxLength: 2 }).map((L) => ({ L })),
  ':p': fc.constant({ S: 'p' }),
  ':typeN': fc.constant({ S: 'N' }),
  ':open': fc.constant({ S: 'open' }),
}) as fc.Arbitrary<Values>;

/** Only the values and the name that the expressions use: AWS refuses unused ones. */
function valuesFor(input: object, values: Values): object {
  const text = Object.values(input)
    .filter((value) => typeof value === 'string')
    .join(' ');
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(text));
  return {
    ...input,
    ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
    ...(text.includes('#state') && { ExpressionAttributeNames: { '#state': 'state' } }),
  };
}

const optional = <T>(name: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [name]: given }));
const step = (operation: string, ...parts: fc.Arbitrary<object>[]): fc.Arbitrary<Step> =>
  fc.tuple(pool, ...parts).map(([values, ...inputs]) => ({
    operation,
    input: valuesFor(Object.assign({}, ...inputs) as object, values),
  }));

const condition = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, optional('ConditionExpression', expression));
const keyOnly = key.map((Key) => ({ Key }));
const item = fc.tuple(key, attributes).map(([Key, more]) => ({ ...more, ...Key }));
const returning = (...of: string[]) => optional('ReturnValues', fc.constantFrom('NONE', ...of));
const page = [
  optional('Limit', fc.integer({ min: 1, max: 4 })),
  optional('FilterExpression', term),
  optional('ProjectionExpression', fc.constantFrom('pk, n', 'sk, doc.x, lines[0]', 'note')),
];
/** `ONE_TABLE` stands for the table of the run, in requests and in answers. */
export const ONE_TABLE = '$table';
const batch = (operation: string, forTable: object): Step => ({
  operation,
  input: { RequestItems: { [ONE_TABLE]: forTable } },
});
/** Something to work on: an item at each key, most of them with most attributes. */
export const stock = fc
  .array(attributesWith(number), {
    minLength: PARTITIONS.length * SORT_KEYS.length,
    maxLength: PARTITIONS.length * SORT_KEYS.length,
  })
  .map((contents) => {
    const keys = PARTITIONS.flatMap((pk) => SORT_KEYS.map((sk) => ({ pk: { S: pk }, sk: { S: sk } })));
    return batch(
      'BatchWriteItem',
      keys.map((each, i) => ({ PutRequest: { Item: { ...contents[i], ...each } } })),
    );
  });
const batched = fc.oneof(
  item.map((Item) => ({ PutRequest: { Item } })),
  key.map((Key) => ({ DeleteRequest: { Key } })),
);
export const steps = fc.oneof(
  {
    weight: 4,
    arbitrary: step(
      'PutItem',
      item.map((Item) => ({ Item })),
      condition,
      returning('ALL_OLD'),
    ),
  },
  {
    weight: 4,
    arbitrary: step(
      'UpdateItem',
      keyOnly,
      update.map((UpdateExpression) => ({ UpdateExpression })),
      condition,
      returning('ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'),
    ),
  },
  { weight: 1, arbitrary: step('DeleteItem', keyOnly, condition, returning('ALL_OLD')) },
  {
    weight: 1,
    arbitrary: step('GetItem', keyOnly, optional('ProjectionExpression', fc.constant('n, doc.y, lines[1]'))),
  },
  {
    weight: 3,
    arbitrary: step(
      'Query',
      fc
        .constantFrom('', ' AND sk = :s', ' AND sk < :s', ' AND sk >= :s', ' AND begins_with(sk, :s)', ' AND :s > sk')
        .map((range) => ({ KeyConditionExpression: `pk = :pk${range}` })),
      fc.boolean().map((ScanIndexForward) => ({ ScanIndexForward })),
      ...page,
    ).map(({ operation, input }) => ({ operation, input: withValue(input, ':pk', { S: 'a' }) })),
  },
  {
    weight: 1,
    arbitrary: step('Query', fc.constant({ IndexName: 'byState', KeyConditionExpression: '#state = :open' })),
  },
  { weight: 1, arbitrary: step('Scan', optional('FilterExpression', expression)) },
  {
    weight: 1,
    arbitrary: fc.array(batched, { minLength: 1, maxLength: 4 }).map((writes) => batch('BatchWriteItem', writes)),
  },
  {
    weight: 1,
    arbitrary: fc.array(key, { minLength: 1, maxLength: 4 }).map((Keys) => batch('BatchGetItem', { Keys })),
  },
);
const withValue = (input: object, name: string, value: AttributeValue): object => ({
  ...input,
  ExpressionAttributeValues: {
    ...('ExpressionAttributeValues' in input && (input.ExpressionAttributeValues as object)),
    [name]: value,
  },
});
