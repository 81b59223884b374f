/**
 * The key of a table or index: which attributes, of which types, and what DynamoDB demands of
 * them. Key strings and binaries are never empty; a partition key has at most 2048 bytes, a sort
 * key 1024.
 */
import type { AttributeValue, Item } from './attribute-value.ts';
import { attribute, typeOf } from './attribute-value.ts';
import { validationError } from './dynamo-error.ts';
import { valueSize } from './item-size.ts';
import type { CreateTableRequest, KeyElement } from './requests.ts';
import { composed, sortable } from './sort-key.ts';
import type { Location } from './partitions.ts';

export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}
/** One or two attributes: the partition key, and the sort key if there is one. */
export type KeySchema = readonly [KeyAttribute, KeyAttribute?];

export function keySchema(
  elements: readonly KeyElement[],
  definitions: CreateTableRequest['AttributeDefinitions'],
): KeySchema {
  const attributes = elements.map(({ AttributeName: name }): KeyAttribute => {
    const definition = definitions.find((candidate) => candidate.AttributeName === name);
    if (!definition) throw validationError(`Some index key attributes are not defined: ${name}`);
    return { name, type: definition.AttributeType };
  });
  return attributes as unknown as KeySchema;
}

export const attributesOf = (schema: KeySchema): readonly KeyAttribute[] => schema.filter((part) => part !== undefined);

/** Only the key attributes of an item. */
export const keyOf = (schema: KeySchema, item: Item): Item =>
  Object.fromEntries(attributesOf(schema).map(({ name }) => [name, item[name] as AttributeValue]));

/** Where the item lives, among items whose key schema this is. `tie` makes the place unique in an index. */
export function locate([hash, range]: KeySchema, item: Item, tie: readonly string[] = []): Location {
  const sort = range ? [sortable(item[range.name] as AttributeValue)] : [];
  return { partition: sortable(item[hash.name] as AttributeValue), position: composed(...sort, ...tie) };
}

/** Checks a `Key` parameter: exactly the key attributes, each of its type. */
export function checkKey(schema: KeySchema, key: Item): void {
  const mismatch = () => validationError('The provided key element does not match the schema');
  if (Object.keys(key).length !== attributesOf(schema).length) throw mismatch();
  attributesOf(schema).forEach(({ name, type }, i) => {
    const value = attribute(key, name);
    if (value?.[type] === undefined) throw mismatch();
    checkKeyValue(value, name, i === 0);
  });
}

/** Checks the key attributes of an item that shall be stored. */
export function checkItemKey(schema: KeySchema, item: Item): void {
  attributesOf(schema).forEach(({ name, type }, i) => {
    const value = attribute(item, name);
    const invalid = 'One or more parameter values were invalid:';
    if (!value) throw validationError(`${invalid} Missing the key ${name} in the item`);
    if (value[type] === undefined) {
      throw validationError(`${invalid} Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
    }
    checkKeyValue(value, name, i === 0);
  });
}

/** An item may lack an index's key attributes (it then stays out of the index), but not have them of a wrong type. */
export function checkIndexKey(index: string, schema: KeySchema, item: Item): void {
  attributesOf(schema).forEach(({ name, type }, i) => {
    const value = attribute(item, name);
    if (!value) return;
    if (value[type] === undefined) {
      throw validationError(
        'One or more parameter values were invalid: ' +
          `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index}`,
      );
    }
    checkKeyValue(value, name, i === 0);
  });
}

export function checkKeyValue(value: AttributeValue, name: string, isHash: boolean): void {
  if (value.S === '' || value.B === '') {
    throw validationError(
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ' +
        `${value.S === '' ? 'string' : 'binary'} value. Key: ${name}`,
    );
  }
  if (value.N !== undefined) return;
  if (valueSize(value) > (isHash ? 2048 : 1024)) {
    throw validationError(
      'One or more parameter values were invalid: ' +
        (isHash
          ? 'Size of hashkey has exceeded the maximum size limit of2048 bytes'
          : 'Aggregated size of all range keys has exceeded the size limit of 1024 bytes'),
    );
  }
}
