/**
 * Which parameters each operation takes. dynalite's shapes are the base; from them we take
 * away what this store does not implement (the legacy non-expression parameters, provisioned
 * throughput, local indexes), so that it is refused as unknown, and to them we add what dynalite
 * lacks: transactions, time to live, the item of a failed condition.
 */
import type { Fields, Shape } from './dynalite-modules.ts';
import { requestModule } from './dynalite-modules.ts';
import type { Operation } from './requests.ts';

const NOT_IMPLEMENTED = [
  ...['Expected', 'ConditionalOperator', 'AttributeUpdates', 'AttributesToGet', 'KeyConditions', 'QueryFilter'],
  ...['ScanFilter', 'ReturnItemCollectionMetrics', 'ProvisionedThroughput', 'LocalSecondaryIndexes'],
];

const isShape = (value: unknown): value is Shape => typeof value === 'object' && value !== null && 'type' in value;

function implemented(fields: Fields): Fields {
  const kept = Object.entries(fields).filter(([name]) => !NOT_IMPLEMENTED.includes(name));
  return Object.fromEntries(kept.map(([name, shape]) => [name, isShape(shape) ? withinShape(shape) : shape]));
}

function withinShape(shape: Shape): Shape {
  const { children } = shape;
  if (children === undefined || typeof children === 'string') return shape;
  return { ...shape, children: isShape(children) ? withinShape(children) : implemented(children) };
}

function without(fields: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

const required = (fields: Fields, name: string): Fields => ({ ...fields, [name]: { type: 'String', notNull: true } });
const seenOnFailure: Fields = { ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] } };

const known = (operation: Operation, extra: Fields = {}): Fields => ({
  ...implemented(requestModule(operation).types),
  ...extra,
});

const write = {
  Put: known('PutItem', seenOnFailure),
  Update: known('UpdateItem', seenOnFailure),
  Delete: known('DeleteItem', seenOnFailure),
};
const getItem = known('GetItem');
const metering: Fields = { ReturnConsumedCapacity: getItem['ReturnConsumedCapacity'] as Shape };

const action = (fields: Fields): Shape => ({
  type: 'FieldStruct<Action>',
  children: without(fields, 'ReturnValues', 'ReturnConsumedCapacity', 'ConsistentRead'),
});
const transactItems = (children: Fields): Fields => ({
  TransactItems: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: 100,
    children: { type: 'ValueStruct<TransactItem>', children },
  },
});

export const requestShapes: Readonly<Record<Operation, Fields>> = {
  CreateTable: known('CreateTable', { DeletionProtectionEnabled: 'Boolean' }),
  DescribeTable: known('DescribeTable'),
  ListTables: known('ListTables'),
  DeleteTable: known('DeleteTable'),
  DescribeTimeToLive: known('DescribeTimeToLive'),
  UpdateTimeToLive: known('DescribeTimeToLive', {
    TimeToLiveSpecification: {
      type: 'FieldStruct<TimeToLiveSpecification>',
      notNull: true,
      children: {
        AttributeName: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 255 },
        Enabled: { type: 'Boolean', notNull: true },
      },
    },
  }),
  GetItem: getItem,
  PutItem: write.Put,
  UpdateItem: write.Update,
  DeleteItem: write.Delete,
  Query: known('Query'),
  // dynalite accepts ConsistentRead on Scan but does not list it.
  Scan: known('Scan', { ConsistentRead: 'Boolean' }),
  BatchGetItem: known('BatchGetItem'),
  BatchWriteItem: known('BatchWriteItem'),
  TransactWriteItems: {
    ...metering,
    ...transactItems({
      Put: action(write.Put),
      Update: action(required(write.Update, 'UpdateExpression')),
      Delete: action(write.Delete),
      ConditionCheck: action(required(write.Delete, 'ConditionExpression')),
    }),
    ClientRequestToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
  },
  TransactGetItems: { ...metering, ...transactItems({ Get: action(getItem) }) },
};
