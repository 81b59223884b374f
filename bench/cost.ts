/**
 * Dollars for a million usage events, counted: our handler runs as in production, what
 * it asks of DynamoDB is metered on the wire, and each unit is priced from one file.
 * The numbering of points is in, spread over the events of a point's life; the first month of storage is in.
 */
import { readFileSync } from 'node:fs';
import { ourIngest } from './ingest.ts';
import { type Metered, meteredDynamodb } from './metered-dynamodb.ts';
import type { Row } from './rounds.ts';
import { usageBodies } from './usage-bodies.ts';

type PriceName =
  | 'httpApiRequest'
  | 'lambdaRequest'
  | 'lambdaArmGbSecond'
  | 'dynamodbWriteUnit'
  | 'dynamodbReadUnit'
  | 'dynamodbGbMonth';
const file = JSON.parse(readFileSync(new URL('./prices.json', import.meta.url), 'utf8')) as {
  readonly prices: Readonly<Record<PriceName, { readonly usd: string }>>;
};
const price = (name: PriceName): number => Number(file.prices[name].usd);

/**
 * What a request takes of a Lambda of 512 MB, assumed: 10 ms for DynamoDB to answer, and 10 µs of processor
 * time an event on the 0.29 of a core that 512 MB has (this machine's whole core takes about 5 µs).
 */
const lambda = { gb: 0.5, waitSeconds: 0.01, cpuSecondsPerEvent: 10e-6, share: 512 / 1769 };

/** Usage points, and the events each sends in its life, assumed: what its number cost is spread over these. */
const points = 10_000;
const eventsOfAPoint = 1_000;

interface Cost {
  readonly usdPerMillion: number;
  readonly writeUnitsPerEvent: number;
  readonly bytesPerEvent: number;
}

/** What a stretch of work was metered at since the meter last stood so. */
const since = (metered: Metered, before: Metered): Metered => ({
  requests: metered.requests - before.requests,
  writeUnits: metered.writeUnits - before.writeUnits,
  readUnits: metered.readUnits - before.readUnits,
  storedBytes: metered.storedBytes - before.storedBytes,
});

/** A million events' cost, counted over so many. */
const costOf = async (eventsEach: number, events = 200_000): Promise<Cost> => {
  const { metered, seen } = meteredDynamodb();
  const { handle, introduce } = ourIngest(seen);
  await introduce(points);
  const first = { ...metered };
  const bodies = usageBodies({ requests: events / eventsEach, eventsEach, points });
  let gateway = 0;
  for (const body of bodies) {
    const { statusCode } = await handle(body);
    if (statusCode !== 202) throw new Error(`a request was answered ${String(statusCode)}`);
    gateway += Math.ceil(Buffer.byteLength(body.event.body!) / (512 * 1024));
  }
  const journal = since(metered, first);
  const perEvent = (unit: keyof Metered) => journal[unit] / events + first[unit] / points / eventsOfAPoint;
  const seconds = lambda.waitSeconds / eventsEach + lambda.cpuSecondsPerEvent / lambda.share;
  const usd =
    (gateway / events) * price('httpApiRequest') +
    price('lambdaRequest') / eventsEach +
    seconds * lambda.gb * price('lambdaArmGbSecond') +
    perEvent('writeUnits') * price('dynamodbWriteUnit') +
    perEvent('readUnits') * price('dynamodbReadUnit') +
    (perEvent('storedBytes') / 1e9) * price('dynamodbGbMonth');
  return {
    usdPerMillion: usd * 1e6,
    writeUnitsPerEvent: perEvent('writeUnits'),
    bytesPerEvent: perEvent('storedBytes'),
  };
};

export const benchCost = async (): Promise<Row[]> => {
  const large = await costOf(1000);
  const small = await costOf(100);
  const usd = 'USD/M events';
  return [
    {
      metric: 'ingest, 1,000 a request',
      value: large.usdPerMillion,
      unit: usd,
      target: '≤ 0.03',
      met: large.usdPerMillion <= 0.03,
    },
    {
      metric: 'ingest, 100 a request',
      value: small.usdPerMillion,
      unit: usd,
      target: '≤ 0.05',
      met: small.usdPerMillion <= 0.05,
    },
    {
      metric: 'write units, 1,000 a request',
      value: large.writeUnitsPerEvent,
      unit: 'units/event',
      target: '≤ 0.022',
      met: large.writeUnitsPerEvent <= 0.022,
    },
    {
      metric: 'stored, 1,000 a request',
      value: large.bytesPerEvent,
      unit: 'bytes/event',
      target: '≤ 20',
      met: large.bytesPerEvent <= 20,
    },
  ];
};

if (import.meta.main) console.table(await benchCost());
