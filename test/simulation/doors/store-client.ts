/**
 * The DynamoDB client of a process: each command is a door call to the store's engine
 * in this same thread, and what the engine throws is the SDK's own exception. It tries
 * nothing again by itself, so adapters meet every fault there is.
 */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '#local/dynamodb/attribute-value.ts';
import { DynamoError } from '#local/dynamodb/dynamo-error.ts';
import type { Fault } from '#local/dynamodb/faults.ts';
import type { Store } from '#local/dynamodb/store.ts';
import type { DoorFault } from '../engine/fault-kinds.ts';
import { itemFromWire, toWire } from './wire.ts';

export type StoreCall = (
  operation: string,
  perform: (fault: DoorFault | undefined) => Promise<object>,
) => Promise<object>;

/** An SDK command: its input, and its name as the operation's. */
export interface Command {
  readonly input: object;
}

export const operationOf = (command: Command): string => command.constructor.name.replace(/Command$/, '');

/** `arm` sets the fault with which the engine meets the request that comes next. */
export const storeClient = (store: Store, arm: (fault: Fault | undefined) => void, call: StoreCall): DynamoDBClient => {
  const send = async (command: Command): Promise<object> => {
    const operation = operationOf(command);
    const input = toWire(command.input) as object;
    return call(operation, (fault) => {
      arm(fault as Fault | undefined);
      return store.execute(operation, input).then(fromWire, (error: unknown) => Promise.reject(asSdk(error)));
    });
  };
  return { send } as unknown as DynamoDBClient;
};

interface Answer {
  readonly Item?: Item;
  readonly Items?: readonly Item[];
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
}

const fromWire = (answer: Answer): object => ({
  ...answer,
  ...(answer.Item === undefined ? {} : { Item: itemFromWire(answer.Item) }),
  ...(answer.Items === undefined ? {} : { Items: answer.Items.map(itemFromWire) }),
  ...(answer.Responses === undefined
    ? {}
    : {
        Responses: Object.fromEntries(
          Object.entries(answer.Responses).map(([table, items]) => [table, items.map(itemFromWire)]),
        ),
      }),
});

const asSdk = (error: unknown): Error => {
  if (!(error instanceof DynamoError)) throw error;
  const { message, status, name, details } = error;
  const common = { message, $metadata: { httpStatusCode: status } };
  switch (name) {
    case 'TransactionCanceledException':
      return new TransactionCanceledException({
        ...common,
        CancellationReasons: (details.CancellationReasons ?? []).map(({ Item, ...reason }) => ({
          ...reason,
          ...(Item === undefined ? {} : { Item: itemFromWire(Item) }),
        })),
      });
    case 'ConditionalCheckFailedException':
      return new ConditionalCheckFailedException(common);
    default:
      return new DynamoDBServiceException({ ...common, name, $fault: status < 500 ? 'client' : 'server' });
  }
};
