/** The SQS client of a process: each command is a door call to the queues' engine in this same thread. */
import { QueueDoesNotExist, type SQSClient, SQSServiceException } from '@aws-sdk/client-sqs';
import type { OperationName } from '#local/sqs/operations.ts';
import type { Queues } from '#local/sqs/queues.ts';
import { SqsRefusal } from '#local/sqs/refusal.ts';
import { type Command, operationOf, type StoreCall } from './store-client.ts';
import { toWire } from './wire.ts';

/** `sent` hears of each send that reached the queues. */
export const queueClient = (queues: Queues, sent: (queueUrl: string) => void, call: StoreCall): SQSClient => {
  const send = async (command: Command): Promise<object> => {
    const operation = operationOf(command) as OperationName;
    const input = toWire(command.input) as { readonly QueueUrl: string };
    return call(operation, async (fault) => {
      if (fault === 'throttle') throw failure('RequestThrottled', 400);
      if (fault === '5xx-before') throw failure('InternalFailure', 500);
      const answer = await queues
        .execute(operation, input)
        .catch((error: unknown) =>
          Promise.reject(error instanceof SqsRefusal ? failure(error.code, error.status) : (error as Error)),
        );
      sent(input.QueueUrl);
      if (fault === '5xx-after') throw failure('InternalFailure', 500);
      return answer;
    });
  };
  return { send } as unknown as SQSClient;
};

const failure = (name: string, status: number): Error => {
  const common = { message: `${name} of a simulation`, $metadata: { httpStatusCode: status } };
  return name === 'QueueDoesNotExist'
    ? new QueueDoesNotExist(common)
    : new SQSServiceException({ ...common, name, $fault: status < 500 ? 'client' : 'server' });
};
