/** The ways a queue may misbehave, one at a time, as a producer or a consumer meets them. */
import * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { noFaults } from '#local/sqs/faults.ts';
import { openSqs } from './sqs-endpoint.ts';

const batch = (QueueUrl: string, ...bodies: string[]): sqs.SendMessageBatchCommand =>
  new sqs.SendMessageBatchCommand({
    QueueUrl,
    Entries: bodies.map((MessageBody, index) => ({ Id: `e${index}`, MessageBody })),
  });

test('a dropped message is reported failed and is nowhere', async () => {
  const answers = [false, true, false, true];
  const { client, createQueue, receive } = await openSqs({ ...noFaults, dropsSend: () => answers.shift() ?? false });
  const QueueUrl = await createQueue('usage');
  const sent = await client.send(batch(QueueUrl, 'a', 'b', 'c'));
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['e0', 'e2']);
  expect(sent.Failed).toMatchObject([{ Id: 'e1', Code: 'InternalError', SenderFault: false }]);
  const single = client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'd' }));
  await expect(single).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  expect((await receive(QueueUrl)).map(({ Body }) => Body)).toEqual(['a', 'c']);
});

test('a message whose answer was lost is delivered all the same', async () => {
  const { client, createQueue, receive } = await openSqs({ ...noFaults, losesSendAnswer: () => true });
  const QueueUrl = await createQueue('usage');
  expect((await client.send(batch(QueueUrl, 'a'))).Failed).toHaveLength(1);
  await expect(client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'b' }))).rejects.toThrow();
  expect((await receive(QueueUrl)).map(({ Body }) => Body)).toEqual(['a', 'b']);
});

test('a message delivered twice comes back after its deletion, under the same id', async () => {
  const delays = [0, 5000];
  const { client, createQueue, receive, advance } = await openSqs({
    ...noFaults,
    deliversTwice: () => true,
    extraDelayMillis: () => delays.shift() ?? 0,
  });
  const QueueUrl = await createQueue('usage');
  const { MessageId } = await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  const [first] = await receive(QueueUrl);
  await client.send(new sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
  expect(await receive(QueueUrl)).toEqual([]);
  advance(5);
  const [again] = await receive(QueueUrl);
  expect([first?.MessageId, again?.MessageId]).toEqual([MessageId, MessageId]);
});

test('messages change places, but not in a FIFO queue', async () => {
  const { client, createQueue, receive } = await openSqs({
    ...noFaults,
    reorder: (_queue, items) => items.toReversed(),
    deliversTwice: (queue) => queue.endsWith('.fifo'),
  });
  const standard = await createQueue('usage');
  await client.send(batch(standard, 'a', 'b', 'c'));
  expect((await receive(standard)).map(({ Body }) => Body)).toEqual(['c', 'b', 'a']);
  const fifo = await createQueue('usage.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  for (const MessageBody of ['a', 'b']) {
    await client.send(new sqs.SendMessageCommand({ QueueUrl: fifo, MessageBody, MessageGroupId: 'g' }));
  }
  expect((await receive(fifo)).map(({ Body }) => Body)).toEqual(['a', 'b']);
});
