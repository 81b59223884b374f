/**
 * One seed: a workload lived under faults, then without, until nothing is under way;
 * then everything that must always hold is checked. Equal seeds, scenarios and left-out
 * parts give equal runs, to the last turn.
 */
import { audit } from '#domain/audit/audit.ts';
import { instantAt } from '#domain/time/instant.ts';
import { takeSnapshot } from '#local/snapshot.ts';
import { checkMail } from './check-mail.ts';
import { checkMoney } from './check-money.ts';
import { checkPromises } from './check-promises.ts';
import { crossCheck } from './cross-check.ts';
import { simulatedCloud, type SimulatedCloud } from './cloud/simulated-cloud.ts';
import { chance } from './engine/chance.ts';
import type { Faults } from './engine/faults.ts';
import type { Flaw, Simulated } from './simulated.ts';
import { liveWorkload } from './outside/live-workload.ts';
import { type Sender, sender } from './outside/sender.ts';
import type { Workload } from './outside/step.ts';
import { type StruckCall, witnessed } from './struck-calls.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly workload: Workload;
  readonly faults: Faults;
  /** Days without faults in which everything must come to rest; a webhook is sent again for three days, and may be three late. */
  readonly settlesInDays?: number;
  /** Told every turn and every line of the log. */
  readonly watch?: ((line: string) => void) | undefined;
}

const dayMs = 86_400_000;
/** A seed takes some ten thousand turns; one that takes this many goes round in circles. */
const mostTurns = 600_000;

export const simulate = async ({
  seed,
  workload,
  faults,
  settlesInDays = 7,
  watch,
}: SimulationOptions): Promise<Simulated> => {
  const { startMs, days } = workload;
  const endMs = startMs + days * dayMs;
  const flaws: Flaw[] = [];
  const stray = (error: unknown) => {
    flaws.push(flawOf(error));
  };
  process.on('unhandledRejection', stray);
  const witness = witnessed(faults);
  const blackout = blackoutOf(seed, workload, faults);
  const cloud = await simulatedCloud({ seed, startMs, faults: witness.faults, watch, blackout });
  try {
    const outside = sender(cloud, faults);
    const life = liveWorkload(workload, cloud, outside, stray);
    const { isCalm, callsBefore } = await settle(cloud, faults, endMs, settlesInDays);
    if (!isCalm)
      flaws.push({ invariant: 'I37', what: `The system was still busy after ${String(mostTurns)} turns.`, keys: [] });
    if (!life.isOver()) flaws.push({ invariant: 'I37', what: 'Somebody still waits for an answer.', keys: [] });
    const calls = cloud.calls.slice(0, callsBefore);
    try {
      return { ...(await judged(cloud, outside, faults, flaws, witness.struck(cloud.calls))), calls };
    } catch (error) {
      // What was left cannot even be read; which seed it was must not be lost with it.
      return { ...unjudged(cloud, faults), flaws: [...flaws, flawOf(error)], calls };
    }
  } finally {
    process.off('unhandledRejection', stray);
    await cloud.close();
  }
};

/** Lives to the end with faults and some days more without. */
const settle = async (cloud: SimulatedCloud, faults: Faults, endMs: number, inDays: number) => {
  const { scheduler } = cloud;
  const hasEnded = await scheduler.runUntil(endMs, mostTurns);
  faults.stop();
  const callsBefore = cloud.calls.length;
  const calmFromMs = Math.max(endMs, scheduler.now());
  // What faults made us give up on, and only that, a person puts back; it must then go through.
  let isCalm = hasEnded;
  for (const day of [1, 2, inDays]) {
    if (day <= 2) await cloud.redrive();
    isCalm = isCalm && (await scheduler.runUntil(calmFromMs + day * dayMs, mostTurns));
  }
  return { isCalm, callsBefore };
};

const unjudged = ({ scheduler }: SimulatedCloud, { fired }: Faults) => ({
  traceHash: scheduler.traceHash(),
  turns: scheduler.turns(),
  fired,
  bills: [],
  figures: { invoices: 0, charges: 0, mails: 0, events: 0 },
});

const judged = async (
  cloud: SimulatedCloud,
  outside: Sender,
  faults: Faults,
  flaws: readonly Flaw[],
  struck: readonly StruckCall[],
): Promise<Omit<Simulated, 'calls'>> => {
  const now = instantAt(cloud.scheduler.now());
  const { store, queues, stripe, mail } = cloud.engines;
  const seen = { store, queues, stripe, inbox: mail, world: { clock: { now: () => now } } };
  const snapshot = await takeSnapshot(seen, outside.acknowledged);
  const { figures, bills, flaws: crossed } = crossCheck(snapshot);
  return {
    flaws: [
      ...flaws,
      ...outside.mistakes.map((what) => ({ invariant: 'crash', what, keys: [] })),
      ...outside.told.amiss,
      ...audit(snapshot),
      ...crossed,
      ...checkPromises(snapshot, outside.told),
      ...checkMoney(snapshot, outside.told),
      ...checkMail(snapshot, struck, faults.fired),
      ...(cloud.isBusy() ? [{ invariant: 'I37', what: 'A process is still at work.', keys: [] }] : []),
    ],
    traceHash: cloud.scheduler.traceHash(),
    turns: cloud.scheduler.turns(),
    fired: faults.fired,
    bills,
    figures,
  };
};

/** Three hours from a midnight on, as on the night of 20 October 2025. */
const blackoutOf = (seed: number, { startMs, days }: Workload, faults: Faults) => {
  if (!faults.strikes('store.blackout')) return undefined;
  const day = Math.floor(chance(seed, 'blackout')() * days);
  const fromMs = (Math.floor(startMs / dayMs) + 1 + day) * dayMs;
  return { fromMs, untilMs: fromMs + 3 * 3_600_000 };
};

const flawOf = (error: unknown): Flaw => ({
  invariant: 'crash',
  what: error instanceof Error ? (error.stack ?? error.message) : String(error),
  keys: [],
});
