/** The audit of usage and of billing runs: one thing spoiled at a time, and the invariant it breaks. */
import { describe, expect, it } from 'vitest';
import { invoiceOf, subscriptionOf } from '#test/world/sound-cast.ts';
import { soundSnapshot } from '#test/world/sound-snapshot.ts';
import { both, each, event, inBooks, list, lost, secondRun, type SpoilCase, without } from '#test/world/spoil.ts';
import { present } from '../assert.ts';
import type { DuePeriod, PeriodOutcome, RatedPeriods } from '../invoicing/billing-run.ts';
import { day } from '../time/day.ts';
import { instant } from '../time/instant.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import { audit } from './audit.ts';
import type { Snapshot } from './snapshot.ts';
import { usageBodyHash } from './distinct-bodies.ts';

const sound = soundSnapshot();
const [ada, bob, cy, dora] = [
  subscriptionOf('ada'),
  subscriptionOf('bob'),
  subscriptionOf('cy'),
  subscriptionOf('dora'),
];
const u1 = present(
  sound.journal.find(({ id }) => id === 'u1'),
  'u1 is in the log',
);
const acknowledged = (sent: UsageEvent) => [{ id: sent.id, source: sent.source, bodyHash: usageBodyHash(sent) }];

interface Entry {
  readonly reason: string;
  readonly events: readonly UsageEvent[];
}
const quarantine = (change: (entry: Entry) => readonly Entry[], run?: string) =>
  list<readonly Entry[]>('quarantined', (all) => all.flatMap(change), run);
const outcomes = (change: (outcome: PeriodOutcome) => readonly unknown[]) =>
  list<readonly PeriodOutcome[]>('outcomes', (all) => all.flatMap(change));
const expected = (change: (due: DuePeriod) => readonly DuePeriod[], run?: string) =>
  list<readonly DuePeriod[]>('expected', (all) => all.flatMap(change), run);

/** After Ada's January was billed the point is told to have been Cy's, whose January the second run has yet to bill. */
const movedBackToCy = both(
  each('points', { subject: 'ada' }, ({ assignments }) => ({
    assignments: [
      ...assignments,
      {
        from: instant('2026-01-01T00:00:00.000Z'),
        customer: cy.replace('sub_', 'cus_').slice(0, -2),
        recordedAt: instant('2026-02-15T00:00:00.000Z'),
      },
    ],
  })),
  each('closedPeriods', { subscription: cy, n: 0 }, () => ({ run: secondRun })),
  expected((due) => [due.subscription === cy ? { ...due, n: 0 } : due], secondRun),
);

const spoils: readonly SpoilCase[] = [
  ['I1', 'an acknowledged event is not in the log', (s) => lost('u1')({ ...s, acknowledged: acknowledged(u1) })],
  [
    'I1',
    'an acknowledged event is stored with another body',
    (s) => ({ ...s, acknowledged: acknowledged({ ...u1, data: { quantity: '11' } }) }),
  ],
  ['I1', 'an event of no meter is not shown', quarantine((entry) => (entry.reason === 'unknown_meter' ? [] : [entry]))],
  [
    'I1',
    'an event without a quantity is not shown',
    quarantine((entry) => (entry.reason === 'bad_quantity' ? [] : [entry])),
  ],
  ['I1', 'a good event is shown as bad', quarantine((entry) => [entry, { reason: 'bad_quantity', events: [u1] }])],
  [
    'I1',
    'the books count an event too few',
    each('closedPeriods', { subscription: ada, n: 0 }, () => ({ ratedEvents: 1 })),
  ],
  [
    'I2',
    'one body of a conflict is not shown',
    quarantine((entry) => [entry.reason === 'conflict' ? { ...entry, events: entry.events.slice(1) } : entry]),
  ],
  [
    'I2',
    'a rated event had come with another body',
    (s) => ({ ...s, journal: [...s.journal, { ...u1, data: { quantity: '11' } }] }),
  ],
  ['I3', 'an event in time was not rated', (s) => ({ ...s, journal: [...s.journal, { ...u1, id: 'u9' }] })],
  ['I3', 'a rated event is not in the log', lost('u2')],
  ['I3', 'a quantity is off in its eleventh place', event('u2', { data: { quantity: '2.50000000001' } })],
  [
    'I3',
    'a meter reads more',
    list<RatedPeriods>('usage', (usage) => ({
      [ada]: { ...usage[ada], meters: usage[ada]?.meters.map((one) => ({ ...one, quantity: '12.6' })) },
    })),
  ],
  ['I3', 'a meter reads nothing', list<RatedPeriods>('usage', (usage) => ({ [ada]: { ...usage[ada], meters: [] } }))],
  [
    'I3',
    'an event at the end of a period was rated into it',
    event('u2', { time: instant('2026-02-01T00:00:00.000Z') }),
  ],
  ['I3', 'the point was nobody’s', each('points', { subject: 'ada' }, () => ({ assignments: [] }))],
  ['I4', 'a late event was dropped', quarantine(() => [], secondRun)],
  [
    'I4',
    'a period ends where its anchor does not say',
    each('closedPeriods', { subscription: ada, n: 1 }, () => ({ until: instant('2026-03-02T00:00:00.000Z') })),
  ],
  ['I4', 'an event is billed to two customers', movedBackToCy],
  ['I6', 'a part is gone', (s) => ({ ...s, parts: new Map([...s.parts].slice(1)) })],
  ['I6', 'a list is shorter than its count', list<readonly unknown[]>('expected', (due) => due.slice(1))],
  ['I6', 'fewer outcomes are listed than counted', outcomes((one) => (one.outcome === 'parked' ? [] : [one]))],
  [
    'I6',
    'the events seen do not add up',
    each('ranges', { run: secondRun }, ({ rated }) => ({
      rated: rated && { ...rated, counts: { ...rated.counts, notDue: 9 } },
    })),
  ],
  ['I10', 'an expected period has no outcome', outcomes((one) => (one.subscription === bob ? [] : [one]))],
  [
    'I10',
    'a period is said to be billed and is not',
    outcomes((one) => [
      one.outcome === 'parked' ? { ...one, outcome: 'invoiced', invoice: invoiceOf('dora', 0) } : one,
    ]),
  ],
  [
    'I10',
    'a period is said to be parked and is billed',
    outcomes((one) => [one.subscription === bob ? { ...one, outcome: 'parked', because: 'none' } : one]),
  ],
  ['I10', 'a period nobody expected has an outcome', expected((due) => (due.subscription === bob ? [] : [due]))],
  ['I10', 'somebody due was left out', expected((due) => (due.subscription === dora ? [] : [due]), secondRun)],
  ['I10', 'a range of the run is gone', without('ranges', ({ run }) => run === secondRun)],
  [
    'I10',
    'a closed run left invoices without numbers',
    each('ranges', { run: secondRun }, () => ({ numbered: false })),
  ],
  [
    'I10',
    'a range was never billed and its periods are nowhere',
    both(
      each('ranges', { run: secondRun }, () => ({ billed: null })),
      without('closedPeriods', ({ run }) => run === secondRun),
    ),
  ],
  [
    'I11',
    'a closed period is gone',
    without('closedPeriods', ({ subscription, n }) => subscription === bob && n === 0),
  ],
  [
    'I11',
    'two periods overlap',
    each('closedPeriods', { subscription: bob, n: 1 }, () => ({ from: instant('2026-01-31T00:00:00.000Z') })),
  ],
  ['I37', 'a run never ended', each('runs', { id: secondRun }, () => ({ closedAt: null }))],
  [
    'I37',
    'the head names a run that is not there',
    inBooks({ runHead: { night: day('2026-03-02'), run: 'run_2026-03-02', open: true, unfinished: [] } }),
  ],
  [
    'I38',
    'somebody was parked without a reason',
    outcomes((one) => [one.outcome === 'parked' ? { ...one, because: ' ' } : one]),
  ],
];

it.each(spoils)('%s: %s', (invariant, _, spoil) => {
  expect(audit(spoil(sound)).map((violation) => violation.invariant)).toContain(invariant);
});

describe('a period that a later run closed', () => {
  const closedLater = (givenUp: boolean) =>
    both(
      each('closedPeriods', { subscription: bob, n: 0 }, () => ({ run: secondRun })),
      each('runs', { id: 'run_2026-02-01' }, () => ({ givenUp })),
    );
  const saysOtherwise = (snapshot: Snapshot) => audit(snapshot).filter(({ what }) => what.includes('says otherwise'));

  it('may be in the outcomes of the run that was given up, whose message came after all', () => {
    expect(saysOtherwise(closedLater(true)(sound))).toEqual([]);
  });
  it('may not be in the outcomes of one that ended by itself', () => {
    expect(saysOtherwise(closedLater(false)(sound))).toHaveLength(1);
  });
});

it.each([
  [true, 'holds a run that was given up to no list where another run closed the period'],
  [false, 'holds a run that ended by itself to its list'],
])('given up %s: %s', (givenUp) => {
  const closedByAnother = both(
    each('runs', { id: secondRun }, () => ({ givenUp })),
    inBooks(({ closedPeriods }) => ({
      closedPeriods: closedPeriods.map((one) => (one.run === secondRun ? { ...one, run: 'run_2026-03-02' } : one)),
    })),
  );
  const spoiled = both(
    quarantine(() => [], secondRun),
    closedByAnother,
  )(sound);
  const missed = audit(spoiled).some(({ what }) => what.includes('belongs in the quarantine'));
  expect(missed).toBe(!givenUp);
});

it('an event that is billed to two customers is named with both', () => {
  const what = audit(movedBackToCy(sound)).map((violation) => violation.what);
  expect(what).toContain(`Event u1 of meter is rated into ${ada} period 0 and ${cy} period 0.`);
});

it('takes a given-up range for what it is where a later run found its periods', () => {
  // The first run billed nobody, the second everybody: as after a night on which the lane was down.
  const late = both(
    each('ranges', { run: secondRun }, () => ({ billed: null })),
    each('runs', { id: secondRun }, () => ({ night: day('2026-02-28') })),
  );
  expect(audit(late(sound)).filter(({ invariant }) => invariant === 'I10')).toEqual([]);
});

describe('an event shown as without a quantity, of a type that no priced meter picks', () => {
  const shownAsBad = quarantine((entry) => [
    entry.reason === 'unknown_meter' ? { ...entry, reason: 'bad_quantity' } : entry,
  ]);
  const unpriced = { key: 'minutes', eventType: 'mystery', aggregation: 'sum', field: 'minutes', unit: 'min' } as const;
  const withMeter = inBooks(({ meters }) => ({ meters: [...meters, unpriced] }));

  it('is shown truly where a meter that nothing prices picks it and cannot read it', () => {
    expect(audit(both(shownAsBad, withMeter)(sound))).toEqual([]);
    expect(audit(withMeter(sound))).toEqual([]);
  });
  it('is not where none does', () => {
    expect(audit(shownAsBad(sound)).map(({ invariant }) => invariant)).toContain('I1');
  });
});
