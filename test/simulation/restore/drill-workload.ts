/**
 * A month end around which books are backed up and lost: a few customers with every kind
 * of card, usage before and after, and some who pay by the link in the very hours that
 * will be lost. The seed places the backup around the numbering and charging of the night.
 * One signs up in those hours and is lost with them, bill and number and all; another
 * signs up after, and would be given that very number.
 */
import { instantAt } from '#domain/time/instant.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import { below, type Chance, chance, pick } from '../engine/chance.ts';
import { mailAddress, type Step, type Workload } from '../outside/step.ts';
import { fixedPlan, meters, usagePlans } from '../outside/tariffs.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const startMs = Date.parse('2026-01-30T00:00:00.000Z');
/** The night that bills January. */
const nightMs = Date.parse('2026-02-01T01:00:00.000Z');

export interface Drill extends Workload {
  /** What is restored later is the books of then. */
  readonly backupMs: number;
  /** The hours after it up to then are lost. */
  readonly lossMs: number;
  /** How long the operator looks for mails and papers before the fence is set. */
  readonly searchMs: number;
  /** The books are lost once more, and the backup then is of the middle of the first restore. */
  readonly again?: {
    readonly backupIn: 'closed' | 'fenced';
    /** After they were opened, up to the second loss. */
    readonly lossAfterMs: number;
  };
}

const cards = [
  'pm_card_visa',
  'pm_card_visa',
  'none',
  'pm_card_chargeCustomerFail',
  'pm_double_declines_1_then_succeeds',
  'pm_double_declines_2_then_succeeds',
  'pm_usBankAccount_success',
] as const;
/** Where January ends before that night, and where it ends after. */
const zones = ['UTC', 'UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'] as const;

export const drillWorkload = (seed: number): Drill => {
  const random = chance(seed, 'drill');
  const backupMs = nightMs + (below(random, 26) - 14) * minuteMs + below(random, 60_000);
  const lossMs = backupMs + hourMs + below(random, 120) * minuteMs;
  const searchMs = (1 + below(random, 8)) * hourMs;
  const plans = [fixedPlan('USD'), usagePlans('USD')[0]] as const;
  const setUp = [
    ...meters.map((body) => ({ path: '/v1/meters', body })),
    ...plans.map((body) => ({ path: '/v1/plans', body })),
  ].map((what): Step => ({ atMs: startMs, does: 'sets up', ...what }));
  const people = Array.from({ length: 4 + below(random, 4) }, (_, i) =>
    customerSteps(
      `customer-${String(i + 1)}`,
      pick(random, plans).key,
      { backupMs, lossMs },
      chance(seed, `person ${String(i)}`),
    ),
  );
  return {
    ...{ startMs, days: 8, backupMs, lossMs, searchMs },
    steps: [...setUp, ...people.flat(), ...newcomers(backupMs, lossMs)].sort((a, b) => a.atMs - b.atMs),
  };
};

/** Given while the books were closed, its message was taken in hours that were lost: what callers did then is sent again. */
const cardOnceMore: Step = {
  ...{ atMs: startMs + 144 * hourMs, does: 'changes', customer: 'after-the-restore' },
  body: { paymentMethod: 'pm_card_visa' },
};

/** The same life, and a second loss. */
export const lostTwice = (seed: number): Drill => {
  const random = chance(seed, 'again');
  const drill = drillWorkload(seed);
  return {
    ...drill,
    steps: [...drill.steps, cardOnceMore],
    // Whoever signs up while the books are closed is in the second backup: none is lost who has a card.
    searchMs: drill.searchMs + 2 * hourMs,
    again: { backupIn: pick(random, ['closed', 'fenced']), lossAfterMs: (1 + below(random, 4)) * hourMs },
  };
};

/** The same life, and somebody the backup has, who subscribes in the lost hours and may be billed and charged in them. */
export const subscriptionLost = (seed: number): Drill => {
  const drill = drillWorkload(seed);
  const customer = 'subscribed-in-lost-hours';
  const body = bodyOf(customer, 'UTC', 'pm_card_visa');
  const [joinsMs, subscribesMs] = [startMs + hourMs, drill.backupMs + minuteMs];
  const steps: readonly Step[] = [
    { atMs: joinsMs, does: 'signs up', customer, body },
    { atMs: subscribesMs, does: 'subscribes', customer, plan: fixedPlan('USD').key, startsOn: '2026-01-01' },
  ];
  return { ...drill, steps: [...drill.steps, ...steps].sort((a, b) => a.atMs - b.atMs) };
};

const newcomers = (backupMs: number, lossMs: number): readonly Step[] =>
  [
    { customer: 'lost-with-the-hours', joinsMs: backupMs + minuteMs, card: undefined },
    { customer: 'after-the-restore', joinsMs: lossMs + hourMs, card: 'pm_card_visa' },
  ].flatMap(({ customer, joinsMs, card }): readonly Step[] => [
    { atMs: joinsMs, does: 'signs up', customer, body: bodyOf(customer, 'UTC', card) },
    { atMs: joinsMs, does: 'subscribes', customer, plan: fixedPlan('USD').key, startsOn: '2026-01-01' },
  ]);

const bodyOf = (customer: string, timezone: string, card: string | undefined) => ({
  externalId: customer,
  name: `Customer ${customer}`,
  email: mailAddress(customer),
  currency: 'USD',
  timezone,
  ...(card === undefined ? {} : { paymentMethod: card }),
});

const customerSteps = (
  customer: string,
  plan: string,
  { backupMs, lossMs }: Pick<Drill, 'backupMs' | 'lossMs'>,
  random: Chance,
): readonly Step[] => {
  const card = pick(random, cards);
  const joinsMs = startMs + below(random, 6) * hourMs;
  const body = bodyOf(customer, pick(random, zones), card === 'none' ? undefined : card);
  const pays = (atMs: number): Step => ({
    ...{ atMs, does: 'pays by link', customer },
    ...{ paymentMethod: 'pm_card_visa', afterMinutes: below(random, 3) * 5 },
  });
  return [
    { atMs: joinsMs, does: 'signs up', customer, body },
    { atMs: joinsMs + minuteMs, does: 'subscribes', customer, plan, startsOn: '2026-01-01' },
    uses(customer, 1, joinsMs + 8 * hourMs, random),
    ...(random() < 0.6 ? [pays(backupMs + below(random, lossMs - backupMs))] : []),
    // February's, some of it in the lost hours: usage that was acknowledged is not lost with the books.
    uses(customer, 2, backupMs + below(random, lossMs - backupMs), random),
    ...(random() < 0.4 ? [pays(lossMs + 30 * hourMs + below(random, 60) * hourMs)] : []),
  ];
};

/** Sent as it happens; January's well before its end, so that its bill is the same however often it is made. */
const uses = (customer: string, month: number, atMs: number, random: Chance): Step => ({
  atMs,
  does: 'uses',
  events: Array.from({ length: 1 + below(random, 4) }, (_, i): UsageEvent => ({
    id: `${customer}-${String(month)}-${String(i)}`,
    source: 'switch',
    type: 'call.ended',
    subject: customer,
    time: instantAt(atMs),
    data: { quantity: String(1 + below(random, 90)), user: `user-${String(below(random, 4))}` },
  })),
});
