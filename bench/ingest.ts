/**
 * Taking usage in, against the reference handlers, per second of processor time at
 * 1,000 events a request: from API Gateway's event to its answer, each through the
 * real AWS SDK, which signs and serialises as ever and is answered at once.
 */
import { usageLog } from '#functions/adapters/dynamodb/usage-log.ts';
import type { UsageLog } from '#functions/ports.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import { ingestUsage } from '#functions/ingest-usage/ingest-usage.ts';
import { httpRequest, httpResult } from '#functions/runtime/http-event.ts';
import { epochMs, type Instant, instantAt } from '#domain/time/instant.ts';
import { fakeDynamodb, fakeSqs, type AwsRequest } from './fake-aws.ts';
import { messagePerEvent } from './reference/message-per-event.ts';
import { messagePerRequest } from './reference/message-per-request.ts';
import { measureRounds, type Row } from './rounds.ts';
import { seededChance, workloadStartMs } from './usage-workload.ts';
import { subjectOf, type UsageBody, usageBodies } from './usage-bodies.ts';

/** The door asks for no books; the runtime does, for the key. */
const ports = (usageLog: UsageLog, now: Instant) => ({ usageLog, now }) as Parameters<typeof ingestUsage>[1];

/** Our handler behind the runtime's own reading and writing of HTTP events, as one process has it. */
export const ourIngest = (seen?: (request: AwsRequest) => void) => {
  let nowMs = workloadStartMs;
  const log = usageLog({
    client: fakeDynamodb(seen),
    table: 'usage',
    book: 'L',
    now: () => nowMs,
    random: seededChance(5),
  });
  return {
    handle: async ({ event, now }: UsageBody) => {
      nowMs = epochMs(now);
      const { respond } = await ingestUsage(httpRequest(event), ports(log, now));
      return httpResult(respond);
    },
    /** Numbers the points, in one request of an event each, as nearly all of a day's points were numbered before it. */
    introduce: (points: number) =>
      log.append(
        Array.from({ length: points }, (_, point): UsageEvent => ({
          id: `first-${point}`,
          source: 'bench',
          type: 'first.seen',
          subject: subjectOf(point),
          time: instantAt(workloadStartMs),
          data: {},
        })),
      ),
  };
};

const points = 10_000;
const eventsEach = 1000;

export const benchIngest = async (): Promise<Row[]> => {
  const bodies = usageBodies({ requests: 20, eventsEach, points });
  const ours = ourIngest();
  const typical = messagePerEvent(fakeSqs());
  const careful = messagePerRequest(fakeSqs());
  await ours.introduce(points);
  for (const body of bodies) assertTaken(await ours.handle(body));
  for (const handler of [typical, careful]) assertTaken(await handler(bodies[0]!.event));

  let next = 0;
  const body = () => bodies[next++ % bodies.length]!;
  const [r1, r2, our] = await measureRounds([
    { name: 'R1', units: eventsEach, run: () => typical(body().event) },
    { name: 'R2', units: eventsEach, run: () => careful(body().event) },
    { name: 'ours', units: eventsEach, run: () => ours.handle(body()) },
  ]);
  const unit = 'events/CPU-s';
  const pace = our!.unitsPerCpuSecond;
  const ratio = pace / r1!.unitsPerCpuSecond;
  return [
    {
      metric: 'ingest, R1: middy, zod, a message an event',
      value: r1!.unitsPerCpuSecond,
      unit,
      target: 'reference',
      met: true,
    },
    {
      metric: 'ingest, R2: the same, one compressed message',
      value: r2!.unitsPerCpuSecond,
      unit,
      target: 'reference',
      met: true,
    },
    {
      metric: 'ingest through the real handler',
      value: pace,
      unit,
      ratio,
      target: '≥ 5× R1; stretch ≥ 30× and ≥ 1 M',
      met: ratio >= 5,
    },
    { metric: 'ingest against R2', value: pace, unit, ratio: pace / r2!.unitsPerCpuSecond, target: 'none', met: true },
  ];
};

/** A benchmark of refusals would be fast and worth nothing. */
const assertTaken = ({
  statusCode,
  body,
}: {
  readonly statusCode?: number | undefined;
  readonly body?: string | undefined;
}): void => {
  const { accepted } = JSON.parse(body ?? '{}') as { readonly accepted?: number };
  if (statusCode !== 202 || accepted !== eventsEach)
    throw new Error(`not all events were taken: ${statusCode}, ${body?.slice(0, 500)}`);
};

if (import.meta.main) console.table(await benchIngest());
