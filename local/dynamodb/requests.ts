/**
 * The requests this store understands, as the handlers see them after request-check.ts: wire
 * shapes, with the parsed expressions attached under `_condition`, `_updates`, `_filter`,
 * `_projection` and `KeyConditions`.
 */
import type { AttributeValue, Item } from './attribute-value.ts';
import type { ParsedCondition, ParsedProjection, ParsedUpdate } from './dynalite-modules.ts';

export interface Metered {
  readonly ReturnConsumedCapacity?: 'INDEXES' | 'TOTAL' | 'NONE';
}

export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

export interface WriteRequest extends Metered {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ReturnValues?: 'NONE' | 'ALL_OLD' | 'UPDATED_OLD' | 'ALL_NEW' | 'UPDATED_NEW';
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
  readonly _condition?: ParsedCondition;
  readonly _updates?: ParsedUpdate;
}

export interface GetRequest extends Metered {
  readonly TableName: string;
  readonly Key: Item;
  readonly ConsistentRead?: boolean;
  readonly _projection?: ParsedProjection;
}

export interface KeyCondition {
  readonly ComparisonOperator: string;
  readonly AttributeValueList: readonly AttributeValue[];
}

export interface PageRequest extends Metered {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly ConsistentRead?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
  readonly Select?: 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES' | 'SPECIFIC_ATTRIBUTES' | 'COUNT';
  readonly _filter?: ParsedCondition;
  readonly _projection?: ParsedProjection;
}
export interface QueryRequest extends PageRequest {
  readonly ScanIndexForward?: boolean;
  readonly KeyConditions: Readonly<Record<string, KeyCondition>>;
}
export interface ScanRequest extends PageRequest {
  readonly Segment?: number;
  readonly TotalSegments?: number;
}

export interface KeysToGet {
  readonly Keys: readonly Item[];
  readonly ConsistentRead?: boolean;
  readonly _projection?: ParsedProjection;
}
export interface BatchGetRequest extends Metered {
  readonly RequestItems: Readonly<Record<string, KeysToGet>>;
}

export interface BatchedWrite {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}
export interface BatchWriteRequest extends Metered {
  readonly RequestItems: Readonly<Record<string, readonly BatchedWrite[]>>;
}

export interface TransactWriteRequest extends Metered {
  readonly TransactItems: readonly Partial<Record<WriteKind, WriteRequest>>[];
  readonly ClientRequestToken?: string;
}
export interface TransactGetRequest extends Metered {
  readonly TransactItems: readonly { readonly Get: GetRequest }[];
}

export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}
export interface IndexDescription {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: {
    readonly ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
    readonly NonKeyAttributes?: readonly string[];
  };
}
export interface CreateTableRequest {
  readonly TableName: string;
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' | 'B' }[];
  readonly KeySchema: readonly KeyElement[];
  readonly GlobalSecondaryIndexes?: readonly IndexDescription[];
  readonly BillingMode: 'PAY_PER_REQUEST';
  readonly DeletionProtectionEnabled?: boolean;
}
export interface TableRequest {
  readonly TableName: string;
}
export interface ListTablesRequest {
  readonly Limit?: number;
  readonly ExclusiveStartTableName?: string;
}
export interface TimeToLiveRequest {
  readonly TableName: string;
  readonly TimeToLiveSpecification: { readonly AttributeName: string; readonly Enabled: boolean };
}

/** Every operation of this store and what it is given. */
export interface Requests {
  readonly CreateTable: CreateTableRequest;
  readonly DescribeTable: TableRequest;
  readonly ListTables: ListTablesRequest;
  readonly DeleteTable: TableRequest;
  readonly UpdateTimeToLive: TimeToLiveRequest;
  readonly DescribeTimeToLive: TableRequest;
  readonly GetItem: GetRequest;
  readonly PutItem: WriteRequest;
  readonly UpdateItem: WriteRequest;
  readonly DeleteItem: WriteRequest;
  readonly Query: QueryRequest;
  readonly Scan: ScanRequest;
  readonly BatchGetItem: BatchGetRequest;
  readonly BatchWriteItem: BatchWriteRequest;
  readonly TransactWriteItems: TransactWriteRequest;
  readonly TransactGetItems: TransactGetRequest;
}
export type Operation = keyof Requests;
