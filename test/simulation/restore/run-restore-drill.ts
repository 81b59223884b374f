/**
 * One rehearsal of a restore: a month end lived under faults, the books lost and brought
 * back to a moment in the night, everything else kept as it went on; the operator's
 * procedure; then calm. What must hold is counted outside of the books: on the mails
 * that ever arrived, and at the provider.
 */
import { audit } from '#domain/audit/audit.ts';
import type { Snapshot } from '#domain/audit/snapshot.ts';
import { instantAt } from '#domain/time/instant.ts';
import { takeSnapshot } from '#local/snapshot.ts';
import { simulatedCloud, type SimulatedCloud } from '../cloud/simulated-cloud.ts';
import { crossCheck } from '../cross-check.ts';
import type { FaultKind } from '../engine/fault-kinds.ts';
import { type Faults, swarmFaults, swarmRates } from '../engine/faults.ts';
import { liveWorkload } from '../outside/live-workload.ts';
import { type Sender, sender } from '../outside/sender.ts';
import type { Flaw } from '../simulated.ts';
import { type Drill, drillWorkload } from './drill-workload.ts';
import { type LeftOut, operate } from './operate.ts';
import { toldTwice } from './told-twice.ts';

export interface Drilled {
  readonly flaws: readonly Flaw[];
  /** Numbers that stood on two documents, in the books or on mails. */
  readonly doubleNumbers: readonly string[];
  /** Invoices, of which each period has one, that the provider took money for twice. */
  readonly doubleCharges: readonly string[];
  readonly lostMails: number;
  readonly holes: number;
}

interface Told {
  readonly leftOut?: LeftOut;
  readonly drill?: Drill;
  readonly watch?: (line: string) => void;
}

/** The drill has its own hours; and it is told by one clock. */
const without: ReadonlySet<FaultKind> = new Set(['clock.behind-5min', 'clock.leaps-25h', 'store.blackout']);
const mostTurns = 600_000;
const dayMs = 86_400_000;

export const runRestoreDrill = async (
  seed: number,
  { leftOut, drill = drillWorkload(seed), watch }: Told = {},
): Promise<Drilled> => {
  const faults = swarmFaults(seed, swarmRates(seed, without));
  const flaws: Flaw[] = [];
  const stray = (error: unknown) => {
    flaws.push({ invariant: 'crash', what: error instanceof Error ? (error.stack ?? '') : String(error), keys: [] });
  };
  process.on('unhandledRejection', stray);
  const cloud = await simulatedCloud({ seed, startMs: drill.startMs, faults, watch, blackout: undefined });
  try {
    const outside = sender(cloud, faults);
    const life = liveWorkload(drill, cloud, outside, stray);
    const done = { restore: false };
    operate(drill, cloud, outside, leftOut).then(() => (done.restore = true), stray);
    await settle(cloud, faults, drill.startMs + drill.days * dayMs);
    if (!life.isOver() || !done.restore)
      flaws.push({ invariant: 'I37', what: 'Somebody still waits for an answer.', keys: [] });
    return await judged(cloud, outside, flaws);
  } finally {
    process.off('unhandledRejection', stray);
    await cloud.close();
  }
};

/** To the end with faults, and as long without as the last retry of a card and a bank's debit take. */
const settle = async (cloud: SimulatedCloud, faults: Faults, endMs: number): Promise<void> => {
  await cloud.scheduler.runUntil(endMs, mostTurns);
  faults.stop();
  for (const day of [1, 2, 14]) {
    if (day <= 2) await cloud.redrive();
    await cloud.scheduler.runUntil(endMs + day * dayMs, mostTurns);
  }
};

const judged = async (cloud: SimulatedCloud, outside: Sender, flaws: readonly Flaw[]): Promise<Drilled> => {
  const { store, queues, stripe, mail } = cloud.engines;
  const now = instantAt(cloud.scheduler.now());
  const seen = { store, queues, stripe, inbox: mail, world: { clock: { now: () => now } } };
  const snapshot = await takeSnapshot(seen, outside.acknowledged);
  // Mails about lost documents are judged by the audit, and no letter of the books explains them.
  const lost = new Set(snapshot.books.lostMails);
  const ofTheBooks = { ...snapshot, mails: snapshot.mails.filter(({ messageId }) => !lost.has(messageId)) };
  return {
    flaws: [
      ...flaws,
      ...outside.mistakes.map((what) => ({ invariant: 'crash', what, keys: [] })),
      ...audit(snapshot),
      ...crossCheck(ofTheBooks).flaws,
      ...moneyAgrees(snapshot),
    ],
    ...toldTwice(snapshot, mail.mails),
    lostMails: lost.size,
    holes: snapshot.books.series.reduce(
      (sum, { holes = [] }) => sum + holes.reduce((each, { from, until }) => each + until - from + 1, 0),
      0,
    ),
  };
};

/** What the provider took is what the books say was paid, to the cent. */
const moneyAgrees = ({ books, charges }: Snapshot): readonly Flaw[] => {
  const taken = charges.reduce((sum, { status, amount }) => sum + (status === 'succeeded' ? amount.minor : 0n), 0n);
  const paid = books.invoices.reduce(
    (sum, { status, total }) => sum + (status.state === 'paid' ? total.minor : 0n),
    0n,
  );
  return taken === paid ? [] : [{ invariant: 'I25', what: `Taken ${String(taken)}, paid ${String(paid)}.`, keys: [] }];
};
