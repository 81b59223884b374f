/** From a key condition to a range of positions in one partition, by binary search. */
import type { AttributeValue, Item } from './attribute-value.ts';
import { equal } from './attribute-value.ts';
import { validationError } from './dynamo-error.ts';
import type { KeyAttribute } from './key-schema.ts';
import { checkKeyValue } from './key-schema.ts';
import type { Source } from './read-source.ts';
import type { KeyCondition, QueryRequest } from './requests.ts';
import { firstPart, sortable } from './sort-key.ts';
import type { SortedEntries } from './sorted-entries.ts';

export interface KeyRange {
  readonly entries: SortedEntries<Item> | undefined;
  /** Positions, the end exclusive. */
  readonly from: number;
  readonly to: number;
}

/** The entries that the key condition selects and that come after the start key in the direction of the query. */
export function keyRange(source: Source, request: QueryRequest): KeyRange {
  const [hash, range] = source.schema;
  const { KeyConditions: conditions, ExclusiveStartKey: start } = request;
  const unknown = Object.keys(conditions).find((name) => name !== hash.name && name !== range?.name);
  const onHash = conditions[hash.name];
  const onRange = range && conditions[range.name];
  if (!onHash || unknown !== undefined) {
    const element = onHash && range ? range.name : hash.name;
    throw validationError(
      onHash && !range ? 'Query key condition not supported' : `Query condition missed key schema element: ${element}`,
    );
  }
  if (onHash.ComparisonOperator !== 'EQ') throw validationError('Query key condition not supported');
  const [wanted] = valuesOf(hash, onHash, true) as [AttributeValue];
  if (start && !equal(start[hash.name] as AttributeValue, wanted)) {
    throw validationError('The provided starting key is outside query boundaries based on provided conditions');
  }
  const bounds = range && onRange ? boundsOf(onRange.ComparisonOperator, valuesOf(range, onRange, false)) : {};
  const entries = source.entries.partition(sortable(wanted));
  if (!entries) return { entries, from: 0, to: 0 };

  const from = bounds.from === undefined ? 0 : entries.lowerBound(bounds.from);
  const to = bounds.past ? entries.firstWhere(bounds.past) : entries.size;
  if (!start) return { entries, from, to };
  const { position } = source.locate(start);
  return request.ScanIndexForward === false
    ? { entries, from, to: Math.min(to, entries.lowerBound(position)) }
    : { entries, from: Math.max(from, entries.upperBound(position)), to };
}

function valuesOf({ name, type }: KeyAttribute, condition: KeyCondition, isHash: boolean): readonly AttributeValue[] {
  for (const value of condition.AttributeValueList) {
    if (value[type] === undefined) {
      throw validationError(
        'One or more parameter values were invalid: Condition parameter type does not match schema type',
      );
    }
    checkKeyValue(value, name, isHash);
  }
  return condition.AttributeValueList;
}

interface Bounds {
  readonly from?: string;
  /** True from the first key on that is past the range. */
  readonly past?: (key: string) => boolean;
}

function boundsOf(operator: string, values: readonly AttributeValue[]): Bounds {
  const [low, high = ''] = values.map(sortable) as [string, string?];
  const { equalFrom, equalTo, prefix } = firstPart;
  const until = (bound: string) => (key: string) => key >= bound;
  switch (operator) {
    case 'EQ':
      return { from: equalFrom(low), past: until(equalTo(low)) };
    case 'LT':
      return { past: until(equalFrom(low)) };
    case 'LE':
      return { past: until(equalTo(low)) };
    case 'GT':
      return { from: equalTo(low) };
    case 'GE':
      return { from: equalFrom(low) };
    case 'BETWEEN':
      return { from: equalFrom(low), past: until(equalTo(high)) };
    case 'BEGINS_WITH': {
      const start = prefix(low);
      return { from: start, past: (key) => key > start && !key.startsWith(start) };
    }
    default:
      throw validationError('Attempted conditional constraint is not an indexable operation');
  }
}
