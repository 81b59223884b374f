/**
 * A DynamoDB over HTTP with the real AWS SDK in front of it, and the table the contract suites
 * use: keys `pk`/`sk`, a sparse index `byState` with everything in it, and `byDue` with keys and
 * the amount only.
 */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { StoreFaults } from '#local/dynamodb/faults.ts';
import { serveDynamodb } from '#local/dynamodb/serve-dynamodb.ts';
import { createStore } from '#local/dynamodb/store.ts';
import type { Store } from '#local/dynamodb/store.ts';

export interface UnderTest {
  readonly client: DynamoDBClient;
  readonly store: Store;
  /** Epoch milliseconds the store sees; set it to move time. */
  readonly clock: { now: number };
  close(): Promise<void>;
}

export const clientFor = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });

export async function startUnderTest(faults: StoreFaults = {}): Promise<UnderTest> {
  const clock = { now: Date.UTC(2026, 0, 1) };
  const store = createStore({ now: () => clock.now, faults });
  const door = await serveDynamodb({ store });
  const client = clientFor(door.url);
  const close = async () => {
    client.destroy();
    await door.close();
    await store.close();
  };
  return { client, store, clock, close };
}

export const TABLE = 'books';
const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' as const });
const range = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' as const });

export const createBooks = new CreateTableCommand({
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [...['pk', 'sk', 'state', 'due'].map(string), { AttributeName: 'amount', AttributeType: 'N' }],
  KeySchema: [hash('pk'), range('sk')],
  GlobalSecondaryIndexes: [
    { IndexName: 'byState', KeySchema: [hash('state'), range('amount')], Projection: { ProjectionType: 'ALL' } },
    {
      IndexName: 'byDue',
      KeySchema: [hash('due')],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['amount'] },
    },
  ],
});

export const keyed = (pk: string, sk: string): Record<string, AttributeValue> => ({ pk: { S: pk }, sk: { S: sk } });

/** The error a request is answered with; fails when it is answered with success. */
export async function refusal(sent: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const [outcome] = await Promise.allSettled([sent]);
  if (outcome.status === 'fulfilled') throw new Error('expected a refusal, got an answer');
  return outcome.reason as Error & Record<string, unknown>;
}
