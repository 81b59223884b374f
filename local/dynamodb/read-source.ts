/**
 * What a Query or Scan walks over: a table or one of its indexes, and the checks both operations
 * share.
 */
import type { Item } from './attribute-value.ts';
import { validationError } from './dynamo-error.ts';
import type { Context } from './handler.ts';
import type { KeySchema } from './key-schema.ts';
import { attributesOf, checkKey, checkKeyValue, locate } from './key-schema.ts';
import type { Location, Partitions } from './partitions.ts';
import type { PageRequest } from './requests.ts';
import type { SecondaryIndex } from './secondary-index.ts';

export interface Source {
  readonly schema: KeySchema;
  readonly tableSchema: KeySchema;
  readonly index: SecondaryIndex | undefined;
  readonly entries: Partitions;
  readonly locate: (item: Item) => Location;
}

export function sourceOf({ database, now }: Context, request: PageRequest): Source {
  const table = database.table(request.TableName);
  const { schema: tableSchema } = table;
  if (request.IndexName === undefined) {
    const place = (item: Item) => locate(tableSchema, item);
    return { schema: tableSchema, tableSchema, index: undefined, entries: table.items, locate: place };
  }
  const index = table.index(request.IndexName);
  const place = (item: Item) => index.locate(item);
  return { schema: index.schema, tableSchema, index, entries: index.entriesAt(now), locate: place };
}

export function checkPageRequest(source: Source, request: PageRequest): void {
  const { index } = source;
  if (index && request.ConsistentRead) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  checkSelect(source, request);
  if (request.ExclusiveStartKey) checkStartKey(source, request.ExclusiveStartKey);
}

function checkSelect({ index }: Source, { Select: select, _projection: projection }: PageRequest): void {
  const invalid = 'One or more parameter values were invalid:';
  if (select === 'SPECIFIC_ATTRIBUTES' && !projection) {
    throw validationError(`${invalid} Must specify the ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES`);
  }
  if (projection && select !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${select}`);
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && !index) {
    throw validationError(`${invalid} ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName`);
  }
  if (!index) return;
  if (select === 'ALL_ATTRIBUTES' && !index.projectsAll) {
    throw validationError(
      `${invalid} Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} ` +
        'because its projection type is not ALL',
    );
  }
  const absent = projection?.paths.find(([name]) => !index.projects(String(name)));
  if (absent) throw validationError(`${invalid} Global secondary index ${index.name} does not project [${absent[0]}]`);
}

/** A start key has the attributes of the index key and of the table key, and no others. */
function checkStartKey({ schema, tableSchema }: Source, start: Item): void {
  const invalid = 'The provided starting key is invalid';
  const names = new Set([...attributesOf(schema), ...attributesOf(tableSchema)].map((part) => part.name));
  if (Object.keys(start).length !== names.size) throw validationError(invalid);
  for (const [i, { name, type }] of attributesOf(schema).entries()) {
    const value = start[name];
    if (value?.[type] === undefined) throw validationError(invalid);
    checkKeyValue(value, name, i === 0);
  }
  const own = attributesOf(tableSchema).flatMap(({ name }) => (start[name] ? [[name, start[name]] as const] : []));
  checkKey(tableSchema, Object.fromEntries(own));
}
