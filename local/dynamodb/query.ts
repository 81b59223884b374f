/**
 * Query and Scan: a walk over sorted entries that ends after `Limit` items or one megabyte, then
 * filters, projects and says where it stopped. The walk counts what it passes over, not what the
 * filter leaves.
 */
import type { Item } from './attribute-value.ts';
import { consumed, readUnits } from './capacity.ts';
import { meets } from './condition.ts';
import { validationError } from './dynamo-error.ts';
import type { Context, Handlers } from './handler.ts';
import { itemSize } from './item-size.ts';
import { attributesOf, keyOf } from './key-schema.ts';
import { keyRange } from './key-range.ts';
import { hashOf } from './partitions.ts';
import { projected } from './read.ts';
import type { PageRequest } from './requests.ts';
import type { Source } from './read-source.ts';
import { checkPageRequest, sourceOf } from './read-source.ts';

const PAGE_BYTES = 1024 * 1024;

export const queryOperations: Handlers<'Query' | 'Scan'> = {
  Query(context, request) {
    const source = sourceOf(context, request);
    checkPageRequest(source, request);
    for (const { name } of attributesOf(source.schema)) {
      if (request._filter?.pathHeads[name]) {
        throw validationError(
          `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`,
        );
      }
    }
    const { entries, from, to } = keyRange(source, request);
    const forward = request.ScanIndexForward !== false;
    const walk = (function* () {
      for (let i = 0; i < to - from; i++) yield entries?.at(forward ? from + i : to - 1 - i) as Item;
    })();
    return page(context, 'Query', source, request, walk);
  },

  Scan(context, request) {
    const source = sourceOf(context, request);
    checkPageRequest(source, request);
    const { ExclusiveStartKey: start, TotalSegments: segments = 1, Segment: segment = 0 } = request;
    const walk = source.entries.scan(start && source.locate(start));
    const inSegment = (item: Item): boolean =>
      Math.floor((hashOf(source.locate(item).partition) / 2 ** 32) * segments) === segment;
    return page(context, 'Scan', source, request, segments === 1 ? walk : walk.filter(inSegment));
  },
};

function page(
  { faults }: Context,
  operation: 'Query' | 'Scan',
  source: Source,
  request: PageRequest & { readonly TableName: string },
  walk: Iterable<Item>,
): object {
  const limit = Math.min(request.Limit ?? Infinity, faults.pageSize?.(operation, request) ?? Infinity);
  const passed: Item[] = [];
  let bytes = 0;
  let last: Item | undefined;
  for (const item of walk) {
    passed.push(item);
    bytes += itemSize(item);
    if (passed.length >= limit || bytes >= PAGE_BYTES) {
      last = item;
      break;
    }
  }
  const filter = request._filter?.expression;
  const kept = filter ? passed.filter((item) => meets(item, filter)) : passed;
  const units = readUnits(bytes, request.ConsistentRead);
  return {
    Count: kept.length,
    ScannedCount: passed.length,
    ...(request.Select !== 'COUNT' && { Items: kept.map((item) => projected(item, request._projection)) }),
    ...(last && { LastEvaluatedKey: { ...keyOf(source.schema, last), ...keyOf(source.tableSchema, last) } }),
    ...consumed(
      request,
      source.index ? { table: 0, indexes: { [source.index.name]: units } } : { table: units, indexes: {} },
    ),
  };
}
