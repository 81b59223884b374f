/**
 * Lives a month on from where the requests ended, night by night, and says what became
 * wrong: a good request must not make a record that a later night cannot bear. Everybody
 * due is billed or visibly parked with a reason we decided, the runs close, nothing is
 * given up, every bill can be read, and the audit holds.
 */
import { audit } from '#domain/audit/audit.ts';
import { storedPart } from '#domain/audit/stored-part.ts';
import type { Snapshot } from '#domain/audit/snapshot.ts';
import type { PeriodOutcome } from '#domain/invoicing/billing-run.ts';
import { periodOf } from '#domain/subscriptions/subscription.ts';
import { addDaysTo } from '#domain/time/instant.ts';
import { readBills } from './read-bills.ts';
import { useEverything } from './use-everything.ts';
import type { FuzzWorld } from './world/fuzz-world.ts';

type Parked = PeriodOutcome & { readonly outcome: 'parked' | 'failed' };

export interface Month {
  readonly flaws: readonly string[];
  readonly invoices: number;
  readonly nothingToBill: number;
  /** Each period once, though every night comes back to it. */
  readonly parked: readonly Parked[];
}

/** Twice, with usage in between, so that a period that begins in the second half has some too. */
const daysTwice = 17;
const longestWaitDays = 2;

export const afterAMonth = async (world: FuzzWorld): Promise<Month> => {
  for (let times = 0; times < 2; times += 1) {
    await useEverything(world, await world.snapshot());
    await world.liveUntil(addDaysTo(world.world.clock.now(), daysTwice));
  }
  const snapshot = await world.snapshot();
  const outcomes = outcomesIn(snapshot);
  const parked = outcomes.filter((each): each is Parked => each.outcome === 'parked' || each.outcome === 'failed');
  return {
    flaws: [
      ...audit(snapshot).map(({ invariant, what, keys }) => `${invariant} ${what} ${keys.join(' ')}`),
      ...unbilled(snapshot, parked),
      ...parked
        .filter(({ because }) => isThrown(because))
        .map(({ subscription, because }) => `${subscription} is parked by a throw: ${because}`),
      ...(await readBills(world, snapshot)),
      ...snapshot.books.runs.filter(({ closedAt }) => closedAt === null).map(({ id }) => `${id} is open`),
    ],
    invoices: snapshot.books.invoices.length,
    nothingToBill: outcomes.filter(({ outcome }) => outcome === 'nothing_to_bill').length,
    parked: [...new Map(parked.map((each) => [`${each.subscription} ${String(each.n)}`, each])).values()],
  };
};

const outcomesIn = (snapshot: Snapshot): readonly PeriodOutcome[] =>
  snapshot.books.ranges.flatMap(({ billed }) =>
    billed === null ? [] : (storedPart<readonly PeriodOutcome[]>(snapshot, billed.outcomes) ?? []),
  );

const unbilled = ({ books, takenAt }: Snapshot, parked: Month['parked']): readonly string[] =>
  books.subscriptions
    .filter((subscription) => {
      const { id, currentPeriod } = subscription;
      const { until } = periodOf(subscription, currentPeriod);
      const isSeen = parked.some((each) => each.subscription === id && each.n === currentPeriod);
      return addDaysTo(until, longestWaitDays) <= takenAt && !isSeen;
    })
    .map(({ id, currentPeriod }) => `${id} period ${String(currentPeriod)} is neither billed nor parked`);

/** A refusal is a sentence; what was thrown begins with the name of its error. */
const isThrown = (because: string): boolean => /^\w*(?:Error|Bug): /.test(because);
