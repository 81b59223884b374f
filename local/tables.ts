/** The two tables as the stack makes them: keys, and the sparse indexes of `books`. Made if absent. */
import { CreateTableCommand, type DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import { indexes } from '#functions/adapters/dynamodb/item.ts';

export const tableNames = { books: 'books', usage: 'usage' } as const;

export const createTables = async (client: DynamoDBClient): Promise<void> => {
  await ifAbsent(
    client.send(
      new CreateTableCommand({
        TableName: tableNames.books,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: texts('pk', 'sk', ...Object.values(indexes).flat()),
        KeySchema: keys('pk', 'sk'),
        GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, [partition, sort]]) => ({
          IndexName,
          KeySchema: keys(partition, sort),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        })),
      }),
    ),
  );
  await ifAbsent(
    client.send(
      new CreateTableCommand({
        TableName: tableNames.usage,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: texts('pk', 'sk'),
        KeySchema: keys('pk', 'sk'),
      }),
    ),
  );
};

const texts = (...names: readonly string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));

const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

const ifAbsent = (made: Promise<unknown>): Promise<unknown> =>
  made.catch((error: unknown) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
