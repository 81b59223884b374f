/**
 * Making, describing, listing and dropping tables, and recording time to live. A table is ACTIVE
 * at once.
 */
import { DynamoError, validationError } from './dynamo-error.ts';
import type { Handlers } from './handler.ts';
import type { CreateTableRequest } from './requests.ts';
import type { Table } from './table.ts';

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/';

export const tableOperations: Handlers<
  'CreateTable' | 'DescribeTable' | 'ListTables' | 'DeleteTable' | 'UpdateTimeToLive' | 'DescribeTimeToLive'
> = {
  CreateTable({ database, now, commit }, request) {
    if (database.has(request.TableName)) {
      throw new DynamoError('ResourceInUseException', `Table already exists: ${request.TableName}`);
    }
    checkDefinitions(request);
    commit({ changes: [{ create: { ...request, createdAt: now } }] });
    return { TableDescription: describe(database.table(request.TableName)) };
  },

  DescribeTable({ database }, { TableName }) {
    return { Table: describe(database.table(TableName)) };
  },

  ListTables({ database }, { Limit = 100, ExclusiveStartTableName: after = '' }) {
    const names = database.names().filter((name) => name > after);
    const page = names.slice(0, Limit);
    return { TableNames: page, ...(names.length > Limit && { LastEvaluatedTableName: page.at(-1) }) };
  },

  DeleteTable({ database, commit }, { TableName }) {
    const table = database.table(TableName);
    if (table.definition.DeletionProtectionEnabled) {
      throw validationError(`Resource cannot be deleted as it is currently protected against deletion: ${TableName}`);
    }
    commit({ changes: [{ drop: TableName }] });
    return { TableDescription: { ...describe(table), TableStatus: 'DELETING' } };
  },

  UpdateTimeToLive({ database, commit }, { TableName, TimeToLiveSpecification: wanted }) {
    const { timeToLiveAttribute: current } = database.table(TableName);
    if (wanted.Enabled === (current !== undefined)) {
      throw validationError(`TimeToLive is already ${wanted.Enabled ? 'enabled' : 'disabled'}`);
    }
    if (!wanted.Enabled && wanted.AttributeName !== current) {
      throw validationError(`TimeToLive is active on a different AttributeName: current AttributeName is ${current}`);
    }
    const attribute = wanted.Enabled ? wanted.AttributeName : null;
    commit({ changes: [{ timeToLive: TableName, attribute }] });
    return { TimeToLiveSpecification: wanted };
  },

  DescribeTimeToLive({ database }, { TableName }) {
    const attribute = database.table(TableName).timeToLiveAttribute;
    const description = attribute
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: attribute }
      : { TimeToLiveStatus: 'DISABLED' };
    return { TimeToLiveDescription: description };
  },
};

function checkDefinitions({ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes = [] }: CreateTableRequest): void {
  const keys = [KeySchema, ...GlobalSecondaryIndexes.map((index) => index.KeySchema)].flat();
  const unused = AttributeDefinitions.filter(
    ({ AttributeName }) => !keys.some((key) => key.AttributeName === AttributeName),
  );
  if (unused.length === 0) return;
  const names = unused.map((definition) => definition.AttributeName).join(', ');
  throw validationError(
    `One or more parameter values were invalid: Some AttributeDefinitions are not used. Unused: [${names}]`,
  );
}

function describe(table: Table): object {
  const { createdAt, BillingMode, GlobalSecondaryIndexes: indexes, ...definition } = table.definition;
  const TableArn = ARN + table.name;
  return {
    ...definition,
    TableArn,
    TableStatus: 'ACTIVE',
    CreationDateTime: createdAt / 1000,
    BillingModeSummary: { BillingMode },
    ItemCount: table.itemCount,
    TableSizeBytes: table.bytes,
    ...(indexes && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        ...index,
        IndexArn: `${TableArn}/index/${index.IndexName}`,
        IndexStatus: 'ACTIVE',
      })),
    }),
  };
}
