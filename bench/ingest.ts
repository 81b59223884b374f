/**
 * Taking usage in, against the reference handlers, per second of processor time at
 * 1,000 events a request: from API Gateway's event to its answer, each through the
 * real AWS SDK, which signs and serialises as ever and is answered at once.
 */
import { usageLog } from '#functions/adapters/dynamodb/usage-log.ts';
import type { UsageLog } from '#functions/ports.ts';
import { ingestUsage } from '#functions/ingest-usage/ingest-usage.ts';
import { httpRequest, httpResult } from '#functions/runtime/http-event.ts';
import { epochMs, type Instant } from '#domain/time/instant.ts';
import { fakeDynamodb, fakeSqs, type AwsRequest } from './fake-aws.ts';
import { messagePerEvent } from './reference/message-per-event.ts';
import { messagePerRequest } from './reference/message-per-request.ts';
import { measureRounds, type Row } from './rounds.ts';
import { seededChance } from './usage-workload.ts';
import { type UsageBody, usageBodies } from './usage-bodies.ts';

/** The door asks for no books; the runtime does, for the key. */
const ports = (usageLog: UsageLog, now: Instant) => ({ usageLog, now }) as Parameters<typeof ingestUsage>[1];

/** Our handler behind the runtime's own reading and writing of HTTP events, as one process has it. */
export const ourIngest = (seen?: (request: AwsRequest) => void) => {
  let nowMs = 0;
  const log = usageLog({
    client: fakeDynamodb(seen),
    table: 'usage',
    book: 'L',
    now: () => nowMs,
    random: seededChance(5),
  });
  return async ({ event, now }: UsageBody) => {
    nowMs = epochMs(now);
    const { respond } = await ingestUsage(httpRequest(event), ports(log, now));
    return httpResult(respond);
  };
};

const eventsEach = 1000;

export const benchIngest = async (): Promise<Row[]> => {
  const bodies = usageBodies({ requests: 20, eventsEach });
  const ours = ourIngest();
  const typical = messagePerEvent(fakeSqs());
  const careful = messagePerRequest(fakeSqs());
  for (const body of bodies) assertTaken(await ours(body));
  for (const handler of [typical, careful]) assertTaken(await handler(bodies[0]!.event));

  let next = 0;
  const body = () => bodies[next++ % bodies.length]!;
  const [r1, r2, our] = await measureRounds([
    { name: 'R1', units: eventsEach, run: () => typical(body().event) },
    { name: 'R2', units: eventsEach, run: () => careful(body().event) },
    { name: 'ours', units: eventsEach, run: () => ours(body()) },
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
