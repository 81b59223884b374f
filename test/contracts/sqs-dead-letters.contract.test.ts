/** Messages nobody can handle: set aside after `maxReceiveCount` deliveries, and put back on demand. */
import * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { openSqs, type SqsEndpoint } from './sqs-endpoint.ts';

const redrive = (deadLetterTargetArn: string, maxReceiveCount = 2): string =>
  JSON.stringify({ deadLetterTargetArn, maxReceiveCount });

async function openWithDeadLetters(): Promise<{ endpoint: SqsEndpoint; source: string; dead: string }> {
  const endpoint = await openSqs();
  const dead = await endpoint.createQueue('usage-dead');
  const source = await endpoint.createQueue('usage', { RedrivePolicy: redrive(await endpoint.arnOf(dead)) });
  return { endpoint, source, dead };
}

async function poison({ receive, advance, client }: SqsEndpoint, QueueUrl: string): Promise<void> {
  await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
  for (const count of ['1', '2']) {
    const [message] = await receive(QueueUrl);
    expect(message?.Attributes?.ApproximateReceiveCount).toBe(count);
    advance(30);
  }
  expect(await receive(QueueUrl)).toEqual([]);
}

test('a message received too often goes to the dead-letter queue and says where from', async () => {
  const { endpoint, source, dead } = await openWithDeadLetters();
  const waiting = endpoint.receive(dead, { WaitTimeSeconds: 20, VisibilityTimeout: 0 });
  await poison(endpoint, source);
  expect(await waiting).toMatchObject([
    { Body: 'poison', Attributes: { DeadLetterQueueSourceArn: await endpoint.arnOf(source) } },
  ]);
  expect(endpoint.queues.counts()).toMatchObject({ usage: { visible: 0 }, 'usage-dead': { visible: 1 } });
});

test('a move task returns dead letters as new messages', async () => {
  const { endpoint, source, dead } = await openWithDeadLetters();
  await poison(endpoint, source);
  const task = new sqs.StartMessageMoveTaskCommand({ SourceArn: await endpoint.arnOf(dead) });
  expect((await endpoint.client.send(task)).TaskHandle).toBeTruthy();
  expect(await endpoint.receive(source)).toMatchObject([
    { Body: 'poison', Attributes: { ApproximateReceiveCount: '1' } },
  ]);
  expect(await endpoint.receive(dead)).toEqual([]);
  const reversed = new sqs.StartMessageMoveTaskCommand({ SourceArn: await endpoint.arnOf(source) });
  await expect(endpoint.client.send(reversed)).rejects.toThrow(sqs.ResourceNotFoundException);
});

test('retention counts from the first sending, in the dead-letter queue too', async () => {
  const { endpoint, source, dead } = await openWithDeadLetters();
  await poison(endpoint, source);
  const fourDays = 4 * 24 * 3600;
  // 60 seconds passed before the message was set aside.
  endpoint.advance(fourDays - 61);
  expect(await endpoint.receive(dead, { VisibilityTimeout: 0 })).toHaveLength(1);
  endpoint.advance(1);
  expect(await endpoint.receive(dead)).toEqual([]);
});

test('a redrive policy must name a queue of the same type, and can be taken away', async () => {
  const { endpoint, source, dead } = await openWithDeadLetters();
  const set = (RedrivePolicy: string): Promise<unknown> =>
    endpoint.client.send(new sqs.SetQueueAttributesCommand({ QueueUrl: source, Attributes: { RedrivePolicy } }));
  const arn = await endpoint.arnOf(dead);
  await endpoint.createQueue('usage-dead.fifo', { FifoQueue: 'true' });
  await expect(set(redrive(`${arn}.fifo`))).rejects.toThrow(/other type/);
  await expect(set(redrive(`${arn}-absent`))).rejects.toThrow(sqs.InvalidAttributeValue);
  await expect(set(redrive(arn, 0))).rejects.toThrow(sqs.InvalidAttributeValue);
  await expect(set('{}')).rejects.toThrow(sqs.InvalidAttributeValue);
  await set('');
  await endpoint.client.send(new sqs.SendMessageCommand({ QueueUrl: source, MessageBody: 'a' }));
  for (const _ of [1, 2, 3, 4]) expect(await endpoint.receive(source, { VisibilityTimeout: 0 })).toHaveLength(1);
});
