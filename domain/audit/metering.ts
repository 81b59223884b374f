/**
 * Usage is kept, counted once, and rated as a patient person with the raw log would
 * rate it: I1 conservation, I2 repeats and conflicts, I3 quantities, I4 one period an
 * event.
 */
import { equals, decimal } from '../money/decimal.ts';
import type { Quarantined } from '../usage/rate-usage.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import { type Body, bodyText, usageBodyHash } from './distinct-bodies.ts';
import { type JudgedPeriod, type JudgedUsage, judgedUsage } from './judged-usage.ts';
import { hasQuantity, naiveFold, picks } from './naive-fold.ts';
import type { Snapshot } from './snapshot.ts';
import { storedPart } from './stored-part.ts';
import { accountOf, whereaboutsOf } from './usage-account.ts';
import { must, type Violation } from './violation.ts';

export const auditMetering = (snapshot: Snapshot): readonly Violation[] => {
  const judged = judgedUsage(snapshot);
  return [
    ...acknowledgedIsStored(snapshot, judged),
    ...nothingIsLost(snapshot, judged),
    ...quarantineListsAreTrue(snapshot, judged),
    ...judged.periods.flatMap(quantitiesAreTheFold),
    ...closedPeriodsCountTheirEvents(snapshot, judged),
    ...noEventIsBilledTwice(judged),
  ];
};

const acknowledgedIsStored = ({ acknowledged = [] }: Snapshot, { rivals }: JudgedUsage): readonly Violation[] => {
  return acknowledged.flatMap(({ source, id, bodyHash }) => {
    const stored = rivals.get(JSON.stringify([source, id])) ?? [];
    const what =
      stored.length === 0 ? 'was acknowledged and is not in the log' : 'is in the log with another body only';
    return must(
      stored.some((body) => usageBodyHash(body) === bodyHash),
      'I1',
      `Event ${id} of ${source} ${what}.`,
      id,
      source,
    );
  });
};

/** Counted at the books: what they say was rated and quarantined, and what no run was to touch, is everything. */
const nothingIsLost = (snapshot: Snapshot, judged: JudgedUsage): readonly Violation[] => {
  const whereabouts = whereaboutsOf(snapshot, judged);
  const { accepted, suspense, pending, unsubscribed } = accountOf(snapshot, judged);
  const listed = new Set(
    snapshot.books.ranges
      .flatMap((range) => listedBy(snapshot, range.rated?.quarantined ?? null))
      .map(({ text }) => text),
  );
  const quarantined = judged.bodies.filter(
    (body) => whereabouts.get(body) === 'quarantined' && listed.has(body.text),
  ).length;
  const rated = snapshot.books.closedPeriods.reduce((sum, { ratedEvents }) => sum + ratedEvents, 0);
  const found = rated + quarantined + suspense + pending + unsubscribed;
  const parts = `${rated} rated, ${quarantined} quarantined, ${suspense} in suspense, ${pending} pending, ${unsubscribed} without subscription`;
  return must(
    found === accepted,
    'I1',
    `The log holds ${accepted} distinct events; the books account for ${found}: ${parts}.`,
    'journal',
  );
};

interface Listed {
  readonly text: string;
  readonly reason: Quarantined['reason'];
  readonly event: UsageEvent;
}

/** The events a run's quarantine list shows, read from its stored text. */
const listedBy = (snapshot: Snapshot, part: string | null): readonly Listed[] => {
  if (part === null) return [];
  const entries =
    storedPart<readonly { readonly reason: Quarantined['reason']; readonly events: readonly UsageEvent[] }[]>(
      snapshot,
      part,
    ) ?? [];
  return entries.flatMap(({ reason, events }) => events.map((event) => ({ reason, event, text: bodyText(event) })));
};

/** What a missing event of each reason breaks. */
const promiseOf = { conflict: 'I2', period_closed: 'I4', unknown_meter: 'I1', bad_quantity: 'I1' } as const;

/** A meter that nothing prices and no run could read may have been there or not: either reason is then true. */
const isAsTrue = (
  { books }: Snapshot,
  shown: Quarantined['reason'] | undefined,
  due: Quarantined['reason'],
  body: Body,
) => due === 'unknown_meter' && shown === 'bad_quantity' && books.meters.some((meter) => picks(meter, body));

const quarantineListsAreTrue = (snapshot: Snapshot, { periods, rivals }: JudgedUsage): readonly Violation[] =>
  [...Map.groupBy(periods, ({ range }) => range)].flatMap(([range, ofRange]) => {
    const keys = [range.run, String(range.range)];
    const listed = listedBy(snapshot, range.rated?.quarantined ?? null);
    const shown = new Map(listed.map(({ text, reason }) => [text, reason]));
    const due = new Map<string, readonly [Body, Quarantined['reason'], boolean]>();
    for (const { quarantined, isAnothers } of ofRange)
      for (const [body, reason] of quarantined) due.set(body.text, [body, reason, isAnothers]);
    const missing = [...due.values()].flatMap(([body, reason, isAnothers]) =>
      must(
        isAnothers || shown.get(body.text) === reason || isAsTrue(snapshot, shown.get(body.text), reason, body),
        promiseOf[reason],
        `Event ${body.id} belongs in the quarantine of the run as ${reason}.`,
        body.id,
        ...keys,
      ),
    );
    // Rivals of a quarantined event are shown with it, wherever they belong themselves.
    const isRival = ({ source, id }: UsageEvent) => (rivals.get(JSON.stringify([source, id]))?.length ?? 0) > 1;
    const excess = listed.flatMap(({ text, reason, event }) =>
      must(
        due.has(text) || (reason === 'conflict' && isRival(event)),
        promiseOf[reason],
        `Event ${event.id} was quarantined as ${reason} and should not have been.`,
        event.id,
        ...keys,
      ),
    );
    return [...missing, ...excess];
  });

const quantitiesAreTheFold = ({ run, due, meters, rated, written }: JudgedPeriod): readonly Violation[] => {
  const keys = [due.subscription, String(due.n), run.id];
  const counted = must(
    written.events === rated.length,
    'I3',
    `The run rated ${written.events} events, the log has ${rated.length} for it.`,
    ...keys,
  );
  const read = meters.flatMap((meter) => {
    const events = rated.filter((event) => picks(meter, event) && hasQuantity(meter, event));
    const reading = written.meters.find((each) => each.meter === meter.key);
    if (events.length === 0)
      return must(
        reading === undefined,
        'I3',
        `Meter ${meter.key} reads ${reading?.quantity ?? ''} of no event.`,
        meter.key,
        ...keys,
      );
    const quantity = naiveFold(meter, events);
    const agrees =
      reading !== undefined && reading.events === events.length && equals(decimal(reading.quantity), decimal(quantity));
    const theirs = reading === undefined ? 'nothing' : `${reading.quantity} of ${reading.events}`;
    return must(
      agrees,
      'I3',
      `Meter ${meter.key} reads ${theirs}; the log gives ${quantity} of ${events.length} events.`,
      meter.key,
      ...keys,
    );
  });
  return [...counted, ...read];
};

const closedPeriodsCountTheirEvents = ({ books }: Snapshot, { periods }: JudgedUsage): readonly Violation[] => {
  const rated = new Map(
    periods
      .filter(({ isClosed }) => isClosed)
      .map((each) => [`${each.due.subscription} ${each.due.n}`, each.rated.length]),
  );
  return books.closedPeriods.flatMap(({ subscription, n, ratedEvents }) => {
    const events = rated.get(`${subscription} ${n}`) ?? 0;
    return must(
      ratedEvents === events,
      'I3',
      `The closed period says ${ratedEvents} events, the log has ${events} for it.`,
      subscription,
      String(n),
    );
  });
};

const noEventIsBilledTwice = ({ periods }: JudgedUsage): readonly Violation[] => {
  const seen = new Map<Body, string>();
  return periods
    .filter(({ isClosed }) => isClosed)
    .flatMap(({ due, rated }) =>
      rated.flatMap((body) => {
        const earlier = seen.get(body);
        const here = `${due.subscription} period ${due.n}`;
        seen.set(body, here);
        return must(
          earlier === undefined,
          'I4',
          `Event ${body.id} of ${body.source} is rated into ${earlier ?? ''} and ${here}.`,
          body.id,
          body.source,
          due.subscription,
        );
      }),
    );
};
