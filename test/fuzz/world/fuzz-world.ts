/**
 * The platform as the fuzz drives it: the simulator's cloud without faults, and beside
 * its processes one more whose calls go straight through, so that a request is answered
 * in process and its writes are counted. Lanes and schedules go on only when time does.
 */
import { audit } from '#domain/audit/audit.ts';
import type { Acknowledged, Snapshot } from '#domain/audit/snapshot.ts';
import type { Violation } from '#domain/audit/violation.ts';
import { payToken } from '#domain/payments/pay-token.ts';
import { epochMs, type Instant, instantAt } from '#domain/time/instant.ts';
import { documents } from '#functions/adapters/documents/documents.ts';
import { apiHandler, type ApiHandler } from '#functions/api/api-handler.ts';
import type { LaneName } from '#functions/lanes.ts';
import type { LaneHandler } from '#functions/runtime/lane-handler.ts';
import type { World } from '#functions/runtime/world.ts';
import { laneHandlers } from '#local/lane-handlers.ts';
import { takeSnapshot } from '#local/snapshot.ts';
import { openProcessWorld } from '#test/simulation/cloud/open-process-world.ts';
import { secrets } from '#test/simulation/cloud/secrets.ts';
import { simulatedCloud } from '#test/simulation/cloud/simulated-cloud.ts';
import { chance } from '#test/simulation/engine/chance.ts';
import { faultAt } from '#test/simulation/engine/faults.ts';
import type { Process } from '#test/simulation/engine/process.ts';
import { beginsAt } from './begins-at.ts';

export interface FuzzWorld {
  readonly api: ApiHandler;
  readonly lanes: Readonly<Record<LaneName, LaneHandler>>;
  readonly world: World;
  readonly apiKey: string;
  /** What no answer may hold. */
  readonly secrets: readonly string[];
  readonly payLink: (invoice: string) => string;
  /** What the provider calls the payments there were. */
  payments(): readonly string[];
  /** Writes the answers to requests made in the store so far; those of the lanes are not counted. */
  writes(): number;
  /** The client's own list of the usage it was told we have. */
  readonly acknowledged: Acknowledged[];
  /** What was logged since it was last asked: the only place that says why something failed. */
  logged(): readonly string[];
  /** Lets lanes and schedules live up to then. */
  liveUntil(to: Instant): Promise<void>;
  snapshot(): Promise<Snapshot>;
  audit(): Promise<readonly Violation[]>;
  close(): Promise<void>;
}

const mostTurns = 5_000_000;
const writing = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

export const fuzzWorld = async (seed: number): Promise<FuzzWorld> => {
  const cloud = await simulatedCloud({ seed, startMs: beginsAt, blackout: undefined, faults: faultAt() });
  const { scheduler, engines } = cloud;
  let writes = 0;
  let logged: string[] = [];

  /** Takes turns until the call is over. */
  const turning = async <Value>(call: Promise<Value>): Promise<Value> => {
    const over = call.then(
      () => true,
      () => true,
    );
    do await scheduler.runUntil(scheduler.now(), mostTurns);
    while (!(await Promise.race([over, Promise.resolve(false)])));
    return call;
  };

  const process: Process = {
    name: 'fuzz',
    isAlive: true,
    isIdle: true,
    nowMs: () => scheduler.now(),
    run: (_, begin) => begin(),
    call: async (door, operation, perform) => {
      // The provider works in turns of the scheduler; nothing else waits for one.
      const answer = await (door === 'stripe' ? turning(perform(undefined)) : perform(undefined));
      if (writing.has(operation)) writes += 1;
      return answer;
    },
    pause: () => Promise.resolve(),
  };
  const opened = openProcessWorld(process, engines, chance(seed, 'fuzz ids'), (entry) =>
    logged.push(JSON.stringify(entry)),
  );
  const payLink = (invoice: string) => payToken(invoice, secrets.payLinkSecret);
  const letters = documents({
    sender: 'billing@countinghouse.example',
    payUrl: (invoice) => `${secrets.publicUrl}/pay/${payLink(invoice)}`,
  });
  const world: World = { ...opened, ports: { ...opened.ports, documents: letters } };

  const liveUntil = async (to: Instant): Promise<void> => {
    if (!(await scheduler.runUntil(epochMs(to), mostTurns))) throw new Error(`not at rest by ${to}`);
  };
  const acknowledged: Acknowledged[] = [];
  const snapshot = () => takeSnapshot({ ...engines, inbox: engines.mail, world }, acknowledged);

  return {
    api: apiHandler(() => world, testClock(world, liveUntil)),
    lanes: laneHandlers(() => world),
    world,
    apiKey: cloud.apiKey,
    secrets: [cloud.apiKey.slice(-40), secrets.apiKeyPepper, secrets.payLinkSecret, secrets.webhookSecret],
    payLink,
    payments: () => engines.stripe.books().charges.map(({ paymentIntent }) => paymentIntent),
    acknowledged,
    writes: () => writes,
    logged: () => {
      const said = logged;
      logged = [];
      return said;
    },
    liveUntil,
    snapshot,
    audit: async () => audit(await snapshot()),
    close: () => cloud.close(),
  };
};

const longestMoveMs = 3_600_000;

/** Lives an hour a request at most: a year has eight thousand of them, and one shows what the next would. */
const testClock = ({ clock }: World, liveUntil: FuzzWorld['liveUntil']) => ({
  now: () => clock.now(),
  advanceTo: async (to: Instant) => {
    await liveUntil(instantAt(Math.min(epochMs(to), epochMs(clock.now()) + longestMoveMs)));
    return { now: clock.now(), schedulesRun: 0 };
  },
});
