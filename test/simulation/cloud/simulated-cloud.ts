/**
 * The whole platform in one thread: engines, processes, lanes, schedules and the HTTP
 * front, all of whose moves are turns of one scheduler. It runs the production handlers
 * and adapters; what is simulated is the world outside of them.
 */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { defaultBillingEntity } from '#functions/api/billing-entities/default-billing-entity.ts';
import { newApiKey } from '#functions/api/keys/new-api-key.ts';
import { create } from '#functions/handle.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import type { World } from '#functions/runtime/world.ts';
import { instantAt } from '#domain/time/instant.ts';
import { deadLetterNames } from '#local/lane-queues.ts';
import { arnOfQueue } from '#local/sqs/address.ts';
import { tableNames } from '#local/tables.ts';
import { storeClient } from '../doors/store-client.ts';
import { below, type Chance, chance } from '../engine/chance.ts';
import type { DoorCall, Faults } from '../engine/faults.ts';
import { type Scheduler, scheduler as openScheduler } from '../engine/scheduler.ts';
import { type Engines, laneOfUrl, openEngines } from './engines.ts';
import { fleet as openFleet, type Served } from './fleet.ts';
import { type Answered, answeredOf, eventOf, type Request } from './http.ts';
import { laneFeeders } from './lane-feeders.ts';
import { secrets } from './secrets.ts';
import { schedules } from './schedules.ts';

export interface SimulatedCloud {
  readonly scheduler: Scheduler;
  readonly engines: Engines;
  readonly apiKey: string;
  /** Every door call so far, in the order made. */
  readonly calls: readonly (DoorCall & { readonly process: string })[];
  /** Rejects where the process that worked on it died. */
  request(served: Served, request: Request): Promise<Answered>;
  /** Puts everything that was given up on back into its lane; how many messages. */
  redrive(): Promise<number>;
  /** Messages that were given up on and wait for a person. */
  deadLetters(): number;
  isBusy(): boolean;
  /** These take no message and answer 503, until they are started again; what they have in hand ends by itself. */
  stop(served: readonly Served[]): void;
  start(served: readonly Served[]): void;
  close(): Promise<void>;
}

export interface CloudParts {
  readonly seed: number;
  readonly startMs: number;
  /** When the store is away, if it ever is. */
  readonly blackout: { readonly fromMs: number; readonly untilMs: number } | undefined;
  readonly faults: Faults;
  readonly watch?: ((line: string) => void) | undefined;
}

export const simulatedCloud = async ({
  seed,
  startMs,
  blackout,
  faults,
  watch,
}: CloudParts): Promise<SimulatedCloud> => {
  const scheduler = openScheduler(startMs, chance(seed, 'scheduler'), watch);
  const calls: (DoorCall & { process: string })[] = [];
  const countCall = (call: Omit<DoorCall, 'index'> & { readonly process: string }) =>
    calls.push({ ...call, index: calls.length }) - 1;

  const engines = await openEngines({
    scheduler,
    faults,
    random: chance(seed, 'stripe ids'),
    isBlackout: () =>
      blackout !== undefined && scheduler.now() >= blackout.fromMs && scheduler.now() < blackout.untilMs,
    onSent: (url) => {
      const lane = laneOfUrl(engines.laneUrls, url);
      if (lane !== undefined) feeders.look(lane);
    },
    sendWebhook: async ({ headers, body }) => {
      const door = { route: 'POST /webhooks/stripe' };
      return (await request('money', { method: 'POST', path: '/webhooks/stripe', headers, body, door })).status;
    },
  });
  const log = (process: string): World['log'] =>
    watch === undefined
      ? () => undefined
      : (entry) => {
          watch(`    ${process} says ${JSON.stringify(entry)}`);
        };
  const fleet = openFleet(seed, engines, { scheduler, faults, countCall }, log);
  const stopped = new Set<Served>();
  const feeders = laneFeeders(engines, fleet, { scheduler, faults, isStopped: (lane) => stopped.has(lane) });

  const request = async (served: Served, what: Request): Promise<Answered> => {
    if (stopped.has(served)) return { status: 503, headers: {}, body: '' };
    const event = eventOf(what);
    const again = () => void request(served, what).catch(() => undefined);
    const result = await fleet.run(served, again, ({ api, lanes }) =>
      served === 'api' ? api(event) : (lanes[served](event) as Promise<APIGatewayProxyStructuredResultV2>),
    );
    return answeredOf(result);
  };

  const lookAtStripe = () => {
    const due = engines.stripe.nextDueAt();
    if (due !== undefined && due <= scheduler.now()) {
      void engines.stripe.runDue().finally(planStripe);
      return;
    }
    planStripe();
  };
  /** The double does nothing by itself: a turn comes where something of it is due, and else every quarter of an hour. */
  const planStripe = () => {
    const due = engines.stripe.nextDueAt() ?? Infinity;
    scheduler.soon('stripe is due', lookAtStripe, {
      atMs: Math.max(scheduler.now() + 1, Math.min(due, scheduler.now() + 15 * 60_000)),
    });
  };

  const apiKey = await firstStart(engines, startMs, chance(seed, 'api key'));
  schedules(engines, feeders, { scheduler, faults }).start();
  planStripe();

  const deadLetters = () => {
    const counts = engines.queues.counts();
    return deadLetterNames.reduce((sum, name) => sum + (counts[name]?.visible ?? 0), 0);
  };
  return {
    scheduler,
    engines,
    apiKey,
    calls,
    request,
    redrive: async () => {
      const messages = deadLetters();
      if (messages > 0)
        for (const name of deadLetterNames)
          await engines.queues.execute('StartMessageMoveTask', { SourceArn: arnOfQueue(name) });
      feeders.lookEverywhere();
      return messages;
    },
    deadLetters,
    isBusy: () => fleet.isBusy(),
    stop: (served) => {
      for (const each of served) stopped.add(each);
    },
    start: (served) => {
      for (const each of served) stopped.delete(each);
      feeders.lookEverywhere();
    },
    close: () => engines.close(),
  };
};

/** What a new deployment has before anybody asks. */
const firstStart = async ({ store }: Engines, startMs: number, random: Chance): Promise<string> => {
  const { key, record } = newApiKey({
    name: 'key of a simulation',
    scopes: ['usage:write', 'read', 'admin'],
    pepper: secrets.apiKeyPepper,
    now: instantAt(startMs),
    random: (bytes) => Uint8Array.from({ length: bytes }, () => below(random, 256)),
  });
  const client = storeClient(
    store,
    () => undefined,
    (_, perform) => perform(undefined),
  );
  const writes = [create('billingEntity', defaultBillingEntity), create('apiKey', record)];
  await transact({ client, table: tableNames.books, book: 'L', random }, writes, [], startMs);
  return key;
};
