/** What FIFO queues promise beyond standard ones: order within a group, one holder of a group, and no duplicates. */
import * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { openSqs, type SqsEndpoint } from './sqs-endpoint.ts';

const bodies = (messages: readonly sqs.Message[]): (string | undefined)[] => messages.map(({ Body }) => Body);

async function openFifo(attributes: Record<string, string> = {}): Promise<{
  endpoint: SqsEndpoint;
  QueueUrl: string;
  send: (body: string, group?: string, duplicateId?: string) => Promise<sqs.SendMessageCommandOutput>;
  remove: (message: sqs.Message | undefined) => Promise<unknown>;
}> {
  const endpoint = await openSqs();
  const QueueUrl = await endpoint.createQueue('ledger.fifo', {
    FifoQueue: 'true',
    ContentBasedDeduplication: 'true',
    ...attributes,
  });
  return {
    endpoint,
    QueueUrl,
    send: (MessageBody, MessageGroupId = 'acme', MessageDeduplicationId) =>
      endpoint.client.send(
        new sqs.SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId }),
      ),
    remove: (message) =>
      endpoint.client.send(new sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle })),
  };
}

test('a group is handed out in order and to one consumer at a time', async () => {
  const { endpoint, QueueUrl, send, remove } = await openFifo();
  for (const body of ['1', '2', '3']) await send(body);
  await send('other', 'umbrella');
  const [first] = await endpoint.receive(QueueUrl, { MaxNumberOfMessages: 1 });
  expect(first).toMatchObject({ Body: '1', Attributes: { MessageGroupId: 'acme' } });
  expect(bodies(await endpoint.receive(QueueUrl))).toEqual(['other']);
  await remove(first);
  const rest = await endpoint.receive(QueueUrl);
  expect(bodies(rest)).toEqual(['2', '3']);
  const [second, third] = rest.map(({ Attributes }) => Attributes?.SequenceNumber ?? '');
  expect(second! < third!).toBe(true);
});

test('a group whose timeout ends begins again where it stopped', async () => {
  const { endpoint, QueueUrl, send, remove } = await openFifo({ VisibilityTimeout: '60' });
  for (const body of ['1', '2']) await send(body);
  const [first] = await endpoint.receive(QueueUrl, { MaxNumberOfMessages: 1 });
  endpoint.advance(60);
  await expect(remove(first)).rejects.toThrow(/expired/);
  expect(bodies(await endpoint.receive(QueueUrl))).toEqual(['1', '2']);
});

test('a message handed back stays behind the lock while others of its group are in flight', async () => {
  const { endpoint, QueueUrl, send, remove } = await openFifo();
  for (const body of ['1', '2']) await send(body);
  const [first, second] = await endpoint.receive(QueueUrl);
  const handBack = { QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 };
  await endpoint.client.send(new sqs.ChangeMessageVisibilityCommand(handBack));
  expect(await endpoint.receive(QueueUrl)).toEqual([]);
  await remove(second);
  expect(bodies(await endpoint.receive(QueueUrl))).toEqual(['1']);
});

test('a delayed message holds back the later ones of its group, not the earlier', async () => {
  const { endpoint, QueueUrl, send } = await openFifo();
  const delay = (DelaySeconds: string): Promise<unknown> =>
    endpoint.client.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds } }));
  await send('1');
  await delay('10');
  await send('2');
  await delay('0');
  await send('3');
  const [first, ...others] = await endpoint.receive(QueueUrl, { VisibilityTimeout: 5 });
  expect([first?.Body, others]).toEqual(['1', []]);
  endpoint.advance(10);
  expect(bodies(await endpoint.receive(QueueUrl))).toEqual(['1', '2', '3']);
});

test('a consumer waiting for a group is woken when its holder deletes', async () => {
  const { endpoint, QueueUrl, send, remove } = await openFifo();
  for (const body of ['1', '2']) await send(body);
  const [first] = await endpoint.receive(QueueUrl, { MaxNumberOfMessages: 1 });
  const waiting = endpoint.receive(QueueUrl, { WaitTimeSeconds: 20 });
  await remove(first);
  expect(bodies(await waiting)).toEqual(['2']);
});

test('the same content within five minutes is stored once, even after it was deleted', async () => {
  const { endpoint, QueueUrl, send, remove } = await openFifo();
  const original = await send('invoice 7');
  endpoint.advance(200);
  const [message] = await endpoint.receive(QueueUrl);
  await remove(message);
  endpoint.advance(99);
  const repeated = await send('invoice 7');
  expect([repeated.MessageId, repeated.SequenceNumber]).toEqual([original.MessageId, original.SequenceNumber]);
  expect(await endpoint.receive(QueueUrl)).toEqual([]);
  endpoint.advance(1);
  expect((await send('invoice 7')).MessageId).not.toBe(original.MessageId);
  expect(bodies(await endpoint.receive(QueueUrl))).toEqual(['invoice 7']);
});

test('an id given overrides the content, within the queue or within the group', async () => {
  const whole = await openFifo();
  await whole.send('a', 'acme', 'id-1');
  await whole.send('b', 'umbrella', 'id-1');
  expect(bodies(await whole.endpoint.receive(whole.QueueUrl))).toEqual(['a']);

  const grouped = await openFifo({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
  await grouped.send('a', 'acme', 'id-1');
  await grouped.send('b', 'umbrella', 'id-1');
  await grouped.send('c', 'acme', 'id-1');
  expect(bodies(await grouped.endpoint.receive(grouped.QueueUrl))).toEqual(['a', 'b']);
});

test('what FIFO forbids is refused', async () => {
  const { endpoint, QueueUrl, send } = await openFifo({ ContentBasedDeduplication: 'false' });
  await expect(send('a')).rejects.toThrow(/MessageDeduplicationId/);
  const ungrouped = new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'a', MessageDeduplicationId: 'x' });
  await expect(endpoint.client.send(ungrouped)).rejects.toThrow(/MessageGroupId/);
  const delayed = { QueueUrl, MessageBody: 'a', MessageGroupId: 'g', MessageDeduplicationId: 'x', DelaySeconds: 5 };
  await expect(endpoint.client.send(new sqs.SendMessageCommand(delayed))).rejects.toThrow(/DelaySeconds/);
  await expect(endpoint.createQueue('unnamed', { FifoQueue: 'true' })).rejects.toThrow(/FIFO queues/);
  await expect(endpoint.createQueue('named.fifo')).rejects.toThrow(/FifoQueue/);
});
