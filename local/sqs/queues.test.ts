/** The queues without HTTP: what the runner asks of them, and waiting on clocks that stand still, jump or run. */
import { expect, test } from 'vitest';
import { createQueues, type Queues } from './queues.ts';

const start = Date.parse('2026-01-01T00:00:00Z');

async function openQueues(): Promise<{ queues: Queues; QueueUrl: string; clock: { now: number } }> {
  const clock = { now: start };
  const queues = createQueues({ now: () => clock.now });
  const { QueueUrl } = await queues.execute('CreateQueue', { QueueName: 'usage' });
  return { queues, QueueUrl, clock };
}

test('the runner learns when the next hidden message appears, delayed or in flight', async () => {
  const { queues, QueueUrl, clock } = await openQueues();
  expect(queues.nextVisibleAt()).toBeUndefined();
  await queues.execute('SendMessage', { QueueUrl, MessageBody: 'now' });
  expect(queues.nextVisibleAt()).toBeUndefined();
  await queues.execute('SendMessage', { QueueUrl, MessageBody: 'later', DelaySeconds: 900 });
  expect(queues.nextVisibleAt()).toBe(start + 900_000);
  await queues.execute('ReceiveMessage', { QueueUrl });
  expect(queues.nextVisibleAt()).toBe(start + 30_000);
  expect(queues.counts()).toEqual({ usage: { visible: 0, inFlight: 1, delayed: 1 } });
  clock.now += 30_000;
  expect(queues.nextVisibleAt()).toBe(start + 900_000);
  expect(queues.counts()).toEqual({ usage: { visible: 1, inFlight: 0, delayed: 1 } });
  queues.close();
});

test('a consumer waiting on a clock that stands still is woken when it is moved', async () => {
  const { queues, QueueUrl, clock } = await openQueues();
  await queues.execute('SendMessage', { QueueUrl, MessageBody: 'later', DelaySeconds: 900 });
  const startedAt = performance.now();
  const waiting = queues.execute('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
  clock.now += 900_000;
  queues.wake();
  expect((await waiting).Messages).toMatchObject([{ Body: 'later' }]);
  expect(performance.now() - startedAt).toBeLessThan(5000);
  queues.close();
});

test('a consumer waiting on a running clock gets a message when its delay ends', async () => {
  const queues = createQueues({ now: Date.now });
  const { QueueUrl } = await queues.execute('CreateQueue', { QueueName: 'usage' });
  await queues.execute('SendMessage', { QueueUrl, MessageBody: 'soon', DelaySeconds: 1 });
  const waiting = queues.execute('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
  expect((await waiting).Messages).toMatchObject([{ Body: 'soon' }]);
  queues.close();
});

test('of many waiting consumers one gets the message', async () => {
  const { queues, QueueUrl } = await openQueues();
  const waiting = [1, 2, 3].map(() => queues.execute('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 1 }));
  await queues.execute('SendMessage', { QueueUrl, MessageBody: 'a' });
  const received = (await Promise.all(waiting)).flatMap(({ Messages = [] }) => Messages);
  expect(received).toHaveLength(1);
  queues.close();
});

test('closing ends every wait', async () => {
  const { queues, QueueUrl } = await openQueues();
  const waiting = queues.execute('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
  await new Promise(setImmediate);
  queues.close();
  expect(await waiting).toEqual({});
});

test('a message kept past the retention period is forgotten, in flight or not', async () => {
  const { queues, QueueUrl, clock } = await openQueues();
  await queues.execute('SendMessage', { QueueUrl, MessageBody: 'old' });
  clock.now += 345_600_000 - 1;
  expect(queues.counts()).toMatchObject({ usage: { visible: 1 } });
  clock.now += 1;
  expect(queues.counts()).toMatchObject({ usage: { visible: 0 } });
  expect(await queues.execute('ReceiveMessage', { QueueUrl })).toEqual({});
  queues.close();
});

test('ids are the caller’s where a simulation gives them', async () => {
  let next = 0;
  const queues = createQueues({ now: () => start, newMessageId: () => `msg-${(next += 1)}` });
  const { QueueUrl } = await queues.execute('CreateQueue', { QueueName: 'usage' });
  const ids = [];
  for (const MessageBody of ['a', 'b']) ids.push(await queues.execute('SendMessage', { QueueUrl, MessageBody }));
  expect(ids).toMatchObject([{ MessageId: 'msg-1' }, { MessageId: 'msg-2' }]);
  queues.close();
});
