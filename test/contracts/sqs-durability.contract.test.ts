/** The promise to producers and consumers: what was acknowledged survives kill -9. The endpoint is its own process here. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as sqs from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { receiveFrom, sqsClient } from './sqs-endpoint.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqs-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Running {
  readonly client: sqs.SQSClient;
  readonly stop: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>;
}

async function start(file: string): Promise<Running> {
  const program = new URL('../../local/sqs/serve.ts', import.meta.url).pathname;
  const child: ChildProcess = spawn(process.execPath, [program, '--data', join(folder, file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  const client = sqsClient(line.split(' ').at(-1)!);
  return {
    client,
    stop: async (signal) => {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
      client.destroy();
    },
  };
}

const queueUrl = async (client: sqs.SQSClient): Promise<string> =>
  (await client.send(new sqs.CreateQueueCommand({ QueueName: 'usage' }))).QueueUrl!;

/** Sends until the endpoint dies; returns what it acknowledged. */
async function sendUntilDeath(client: sqs.SQSClient, QueueUrl: string, producer: number): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let batch = 0; ; batch += 1) {
    const Entries = [0, 1, 2].map((entry) => ({ Id: `e${entry}`, MessageBody: `${producer}-${batch}-${entry}` }));
    try {
      await client.send(new sqs.SendMessageBatchCommand({ QueueUrl, Entries }));
    } catch {
      return acknowledged;
    }
    acknowledged.push(...Entries.map(({ MessageBody }) => MessageBody));
  }
}

async function drain(client: sqs.SQSClient, QueueUrl: string): Promise<string[]> {
  const drained: string[] = [];
  for (;;) {
    const messages = await receiveFrom(client, QueueUrl, { VisibilityTimeout: 3600 });
    if (messages.length === 0) return drained;
    drained.push(...messages.map(({ Body }) => Body!));
  }
}

test('messages acknowledged before kill -9 are there after it, in whole batches', async () => {
  for (const round of [1, 2, 3]) {
    const file = `sends-${round}.sqlite`;
    const first = await start(file);
    const url = await queueUrl(first.client);
    const producers = [1, 2, 3, 4].map((producer) => sendUntilDeath(first.client, url, producer));
    await new Promise((resolve) => setTimeout(resolve, 150 * round));
    await first.stop('SIGKILL');
    const acknowledged = (await Promise.all(producers)).flat();
    expect(acknowledged.length).toBeGreaterThan(0);

    const second = await start(file);
    const stored = await drain(second.client, await queueUrl(second.client));
    await second.stop('SIGTERM');
    expect(stored).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(stored).size).toBe(stored.length);
    expect(stored.length % 3).toBe(0);
  }
}, 60_000);

test('a deletion and a visibility timeout outlive the process too', async () => {
  const first = await start('settled.sqlite');
  const url = await queueUrl(first.client);
  for (const MessageBody of ['deleted', 'in flight', 'waiting']) {
    await first.client.send(new sqs.SendMessageCommand({ QueueUrl: url, MessageBody }));
  }
  const [deleted, held] = await receiveFrom(first.client, url, { MaxNumberOfMessages: 2, VisibilityTimeout: 3600 });
  expect([deleted?.Body, held?.Body]).toEqual(['deleted', 'in flight']);
  await first.client.send(new sqs.DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: deleted?.ReceiptHandle }));
  await first.stop('SIGKILL');

  const second = await start('settled.sqlite');
  const QueueUrl = await queueUrl(second.client);
  expect(await drain(second.client, QueueUrl)).toEqual(['waiting']);
  const handBack = { QueueUrl, ReceiptHandle: held?.ReceiptHandle, VisibilityTimeout: 0 };
  await second.client.send(new sqs.ChangeMessageVisibilityCommand(handBack));
  expect(await drain(second.client, QueueUrl)).toEqual(['in flight']);
  await second.stop('SIGTERM');
}, 30_000);
