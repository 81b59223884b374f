/** A queue feeding a function: what comes back and what does not, as the mapping is set. */
import { afterEach, expect, it, vi } from 'vitest';
import { present } from '#domain/assert.ts';
import { sqsClient } from '#functions/adapters/aws-clients.ts';
import { eventSource } from '#local/template/event-source.ts';
import { createQueues } from '#local/sqs/queues.ts';
import { serveSqs } from '#local/sqs/serve-sqs.ts';
import { runningCode } from './running-code.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Sends the bodies to a queue that feeds this code in batches of three; how often each was handed over, and what is left. */
const fed = async (code: string, reportsFailures: boolean, bodies: readonly string[], timeoutMs = 20_000) => {
  let now = Date.UTC(2026, 0, 1);
  const queues = createQueues({ now: () => now });
  const door = await serveSqs({ queues });
  closing.push(() => queues.close(), door.close);
  const { QueueUrl: url } = await queues.execute('CreateQueue', { QueueName: 'small' }, { origin: door.url });
  for (const MessageBody of bodies) await queues.execute('SendMessage', { QueueUrl: url, MessageBody });

  const { target, lines, close } = runningCode(code, { timeoutMs });
  const failures: string[] = [];
  const env = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 's',
    AWS_ENDPOINT_URL_SQS: door.url,
  };
  const source = eventSource({
    client: sqsClient(env, 60_000),
    queue: { url, arn: 'arn:aws:sqs:us-east-1:000000000000:small', name: 'small' },
    target,
    batchSize: 3,
    reportsFailures,
    onFailure: (what) => void failures.push(what),
  });
  closing.push(close, source.stop);
  return {
    failures,
    /** So much later that what was taken and not deleted is visible again. */
    aMinuteLater: () => {
      now += 60_000;
      queues.wake();
    },
    taken: () => source.taken(),
    handed: () => Object.fromEntries(bodies.map((body) => [body, lines.filter((line) => line === body).length])),
    left: () => {
      const { visible, inFlight, delayed } = present(queues.counts()['small'], 'the queue is there');
      return visible + inFlight + delayed;
    },
  };
};

const soon = { timeout: 20_000, interval: 20 };

const says = 'for (const { body } of Records) console.log(body);';
const failsOnce = `let failed = false; export const handler = async ({ Records }) => { ${says}
  const bad = failed ? [] : Records.filter(({ body }) => body === 'bad');
  failed ||= bad.length > 0;
  return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) }; };`;

it('takes back the one message that failed', async () => {
  const { handed, left, failures, aMinuteLater } = await fed(failsOnce, true, ['good', 'bad', 'fine']);
  await vi.waitFor(() => expect(left()).toBe(1), soon);
  aMinuteLater();
  await vi.waitFor(() => expect([left(), handed()]).toEqual([0, { good: 1, bad: 2, fine: 1 }]), soon);
  expect(failures).toEqual([]);
});

it('loses the message that failed where the mapping does not report failures: so it shows', async () => {
  const { handed, left } = await fed(failsOnce, false, ['good', 'bad', 'fine']);
  await vi.waitFor(() => expect([left(), handed()]).toEqual([0, { good: 1, bad: 1, fine: 1 }]), soon);
});

it('takes a whole batch back from a function that dies, or does not end, or names a stranger', async () => {
  const dying = `let calls = 0; export const handler = async ({ Records }) => { ${says} if (Records.length === 3) process.exit(1); };`;
  const ends = [
    [dying, 'exited with 1'],
    [`export const handler = async ({ Records }) => { ${says} await new Promise(() => {}); };`, 'timed out'],
    [
      `export const handler = async ({ Records }) => { ${says} return { batchItemFailures: [{ itemIdentifier: 'x' }] }; };`,
      'not in the batch',
    ],
  ] as const;
  for (const [code, because] of ends) {
    const { taken, left, failures } = await fed(code, true, ['a', 'b', 'c'], 500);
    await vi.waitFor(() => expect(failures[0]).toContain(because), soon);
    expect(taken()).toBeGreaterThanOrEqual(3);
    expect(left()).toBe(3);
    for (const close of closing.splice(0).reverse()) await close();
  }
});
