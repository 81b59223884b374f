/** The SQS actions the local queues know, by the names the protocol gives them. Every other is refused. */
import * as queues from './manage-queues.ts';
import { startMessageMoveTask } from './move-messages.ts';
import { receiveMessage } from './receive-messages.ts';
import { refuse } from './refusal.ts';
import { sendMessage, sendMessageBatch } from './send-messages.ts';
import * as settle from './settle-messages.ts';

export const operations = {
  ChangeMessageVisibility: settle.changeMessageVisibility,
  ChangeMessageVisibilityBatch: settle.changeMessageVisibilityBatch,
  CreateQueue: queues.createQueue,
  DeleteMessage: settle.deleteMessage,
  DeleteMessageBatch: settle.deleteMessageBatch,
  DeleteQueue: queues.deleteQueue,
  GetQueueAttributes: queues.getQueueAttributes,
  GetQueueUrl: queues.getQueueUrl,
  ListQueues: queues.listQueues,
  PurgeQueue: queues.purgeQueue,
  ReceiveMessage: receiveMessage,
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  SetQueueAttributes: queues.setQueueAttributes,
  StartMessageMoveTask: startMessageMoveTask,
} as const;

export type OperationName = keyof typeof operations;
export type OperationAnswer<Name extends OperationName> = Awaited<ReturnType<(typeof operations)[Name]['perform']>>;

export function assertOperationName(name: string): asserts name is OperationName {
  if (!Object.hasOwn(operations, name)) {
    refuse('UnsupportedOperation', `The local queues do not support the operation ${name}.`);
  }
}
