/** A lane's answer to a batch: what is done is gone, what failed comes back alone and later, and order holds where a lane keeps it. */
import type { SQSEvent } from 'aws-lambda';
import { afterEach, expect, it } from 'vitest';
import { Bug } from '#domain/assert.ts';
import { Outage } from '#domain/outage.ts';
import { refuse } from '#domain/refusal.ts';
import type { LaneName } from '#functions/lanes.ts';
import { laneHandler } from '#functions/runtime/lane-handler.ts';
import { memoryWorld, type MemoryWorld } from '#test/world/memory-world.ts';

let world: MemoryWorld;
afterEach(() => world.close());

interface Sent {
  readonly id: string;
  readonly body?: string;
  readonly group?: string;
  readonly deliveries?: number;
}

const closed = (run: string) =>
  JSON.stringify({ id: run, step: 'close-billing-run', name: 'range.numbered', data: { run, range: 0 } });

const batch = (...messages: readonly Sent[]): SQSEvent => ({
  Records: messages.map(({ id, body = closed(id), group, deliveries = 1 }) => ({
    messageId: id,
    receiptHandle: `receipt-${id}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(deliveries),
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
      ...(group === undefined ? {} : { MessageGroupId: group }),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: 'us-east-1',
  })),
});

/** A lane whose one step does what the run's name says. */
const answered = async (lane: LaneName, event: SQSEvent) => {
  world = await memoryWorld();
  const postponed: [string, number][] = [];
  const logged: unknown[] = [];
  const watched = {
    ...world,
    log: (entry: unknown) => void logged.push(entry),
    queues: {
      ...world.queues,
      postpone: async (_: LaneName, receipt: string, seconds: number) => void postponed.push([receipt, seconds]),
    },
  };
  const step = ({ data }: { data: { run: string } }) => {
    if (data.run.startsWith('outage')) return Promise.reject(new Outage('the store is away'));
    if (data.run.startsWith('bug')) return Promise.reject(new Bug('a run has a night'));
    return Promise.resolve(data.run.startsWith('no') ? refuse('unknown_run', 'There is no such run.') : {});
  };
  const handler = laneHandler(lane, { 'close-billing-run': step } as never, () => watched);
  const answer = await handler(event);
  const failed =
    'batchItemFailures' in answer ? answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) : [];
  return { failed, postponed, logged };
};

it('returns only what failed, and a refusal is an answer', async () => {
  const { failed } = await answered(
    'messages',
    batch({ id: 'good' }, { id: 'outage' }, { id: 'bug' }, { id: 'no' }, { id: 'fine' }),
  );
  expect(failed).toEqual(['outage', 'bug']);
});

it('returns a message nobody can read, and the good neighbours are answered', async () => {
  const unreadable = [
    { id: 'a', body: '{' },
    { id: 'b', body: '{"id":"b"}' },
    { id: 'c', body: JSON.stringify({ id: 'c', step: 'gone', name: 'run.closed', data: {} }) },
  ];
  const { failed, logged } = await answered('messages', batch(...unreadable, { id: 'good' }));
  expect(failed).toEqual(['a', 'b', 'c']);
  expect(logged).toContainEqual(expect.objectContaining({ message: 'good', outcome: 'done' }));
});

it('lets what failed come back later each time: 10 s, 20 s, at most a quarter of an hour', async () => {
  const { postponed } = await answered(
    'messages',
    batch({ id: 'outage-1' }, { id: 'outage-2', deliveries: 2 }, { id: 'outage-9', deliveries: 9 }),
  );
  expect(postponed).toEqual([
    ['receipt-outage-1', 10],
    ['receipt-outage-2', 20],
    ['receipt-outage-9', 900],
  ]);
});

it('in a lane that keeps order, holds back what stands behind a failure in its group, and no other', async () => {
  const { failed, logged } = await answered(
    'numbers',
    batch(
      { id: 'good', group: 'a' },
      { id: 'outage', group: 'a' },
      { id: 'behind', group: 'a' },
      { id: 'other', group: 'b' },
    ),
  );
  expect(failed).toEqual(['outage', 'behind']);
  expect(logged).not.toContainEqual(expect.objectContaining({ message: 'behind' }));
});
