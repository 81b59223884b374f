/**
 * Every call to AWS that a function makes while it runs, with the function that made
 * it and the keys it named: what IAM would be asked in a deployment. A transaction is
 * asked for item by item, as IAM asks.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { FunctionName } from '#infra/needs/function-needs.ts';

export interface RecordedCall {
  readonly by: FunctionName;
  readonly action: string;
  /** A table, an index as `table/index/name`, a lane's queue, or the sender of a mail. */
  readonly on: string;
  /** Partition keys, where the call is to a table. */
  readonly leading: readonly string[];
}

const running = new AsyncLocalStorage<FunctionName>();
export const recorded = new Map<string, RecordedCall>();

/** Whatever the handler does is done by this function. */
export const runningAs =
  <Event, Answer>(by: FunctionName, handler: (event: Event) => Promise<Answer>) =>
  (event: Event): Promise<Answer> =>
    running.run(by, () => handler(event));

/** Whatever this does is done by no function: it stands for what AWS does by itself. */
export const runningAsNobody = <Answer>(act: () => Promise<Answer>): Promise<Answer> => running.exit(act);

type Input = Readonly<Record<string, unknown>>;
interface RecordableClient {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: { input: object }) => Promise<unknown>,
        context: { readonly commandName?: string },
      ) => (args: { input: object }) => Promise<unknown>,
      options: { readonly step: 'initialize'; readonly name: string },
    ): void;
  };
}

/** Notes what a client is asked while a function runs; what the local cloud itself asks is nobody's. */
export const recording = <Client>(client: Client): Client => {
  (client as unknown as RecordableClient).middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        const by = running.getStore();
        if (by !== undefined) {
          for (const call of callsOf(commandName.replace('Command', ''), args.input as Input)) {
            recorded.set(JSON.stringify([by, call]), { by, ...call });
          }
        }
        return next(args);
      },
    { step: 'initialize', name: 'recording' },
  );
  return client;
};

const pkOf = (item: unknown): string => (item as { readonly pk: { readonly S: string } }).pk.S;

const callsOf = (command: string, input: Input): readonly Omit<RecordedCall, 'by'>[] => {
  const on = String(input['TableName']);
  switch (command) {
    case 'GetItem':
    case 'DeleteItem':
      return [{ action: `dynamodb:${command}`, on, leading: [pkOf(input['Key'])] }];
    case 'PutItem':
      return [{ action: 'dynamodb:PutItem', on, leading: [pkOf(input['Item'])] }];
    case 'Query': {
      const index = typeof input['IndexName'] === 'string' ? `/index/${input['IndexName']}` : '';
      const { S } = (input['ExpressionAttributeValues'] as Record<string, { readonly S: string }>)[':pk']!;
      return [{ action: 'dynamodb:Query', on: `${on}${index}`, leading: [S] }];
    }
    case 'BatchGetItem':
      return Object.entries(input['RequestItems'] as Record<string, { readonly Keys: readonly unknown[] }>).map(
        ([table, { Keys }]) => ({ action: 'dynamodb:BatchGetItem', on: table, leading: [...new Set(Keys.map(pkOf))] }),
      );
    case 'TransactWriteItems':
      return (input['TransactItems'] as readonly Record<string, Input>[]).flatMap((item) =>
        Object.entries(item).map(([kind, asked]) => ({
          action: `dynamodb:${kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`}`,
          on: String(asked['TableName']),
          leading: [pkOf(asked['Item'] ?? asked['Key'])],
        })),
      );
    case 'SendMessageBatch':
      return [{ action: 'sqs:SendMessage', on: laneIn(String(input['QueueUrl'])), leading: [] }];
    case 'SendRawEmail':
      return [{ action: 'ses:SendRawEmail', on: String(input['Source']), leading: [] }];
    default:
      throw new Error(`a function called ${command}, of which nobody knows what IAM would be asked`);
  }
};

const laneIn = (queueUrl: string): string => queueUrl.slice(queueUrl.lastIndexOf('/') + 1).replace(/\.fifo$/, '');
