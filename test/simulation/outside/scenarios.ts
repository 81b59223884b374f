/**
 * The months the simulator lives, each made anew from a seed by the recipe of its kind: who
 * signs up where and when, what they use, how they pay and what goes wrong on their side.
 */
import { instantAt } from '#domain/time/instant.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import { below, type Chance, chance, pick } from '../engine/chance.ts';
import { type Recipe, recipes } from './recipes.ts';
import { mailAddress, type Step, type Workload } from './step.ts';
import { currencies, fixedPlan, meters, type SimulatedCurrency, usagePlans } from './tariffs.ts';

export type ScenarioName = keyof typeof recipes;
export const scenarioNames = Object.keys(recipes) as readonly ScenarioName[];

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Auckland',
  'Pacific/Honolulu',
  'Asia/Kolkata',
  'America/Sao_Paulo',
] as const;
/** Around month ends, both changes of the clocks, a leap day and a year's end. */
const starts = ['2026-01-25', '2026-03-02', '2026-10-05', '2026-12-10', '2028-01-30', '2026-06-17'] as const;

export const workloadOf = (scenario: ScenarioName, seed: number): Workload => {
  const recipe: Recipe = recipes[scenario];
  const random = chance(seed, 'workload');
  const startMs = Date.parse(pick(random, starts)) + below(random, 24) * hourMs;
  const days = between(random, recipe.days);
  const currency = pick(random, currencies);
  const setUp: readonly Step[] = [
    ...meters.map((body) => ({ path: '/v1/meters', body })),
    ...[fixedPlan(currency), ...usagePlans(currency)].map((body) => ({ path: '/v1/plans', body })),
  ].map((what) => ({ atMs: startMs, does: 'sets up', ...what }));
  const customers = Array.from({ length: between(random, recipe.customers) }, (_, i) =>
    customerSteps(`customer-${String(i + 1)}`, {
      recipe,
      startMs,
      days,
      currency,
      random: chance(seed, `customer ${String(i)}`),
    }),
  );
  const endMs = startMs + days * dayMs;
  const steps = [...setUp, ...customers.flat(), ...operatorSteps(startMs, days, random)].filter(
    ({ atMs }) => atMs < endMs,
  );
  return { startMs, days, steps: steps.sort((a, b) => a.atMs - b.atMs) };
};

const between = (random: Chance, [least, most]: readonly [number, number]): number =>
  least + below(random, most - least + 1);

/** A person puts back what was given up on, not every day but every week, for it is kept for two; now and then finance asks for a run by hand. */
const operatorSteps = (startMs: number, days: number, random: Chance): readonly Step[] =>
  Array.from({ length: days }, (_, day): readonly Step[] => {
    const atMs = startMs + day * dayMs + below(random, 24) * hourMs;
    return [
      ...(random() < 0.4 || day % 7 === 6 ? [{ atMs, does: 'redrives' } as const] : []),
      ...(random() < 0.05 ? [{ atMs: atMs + 1, does: 'asks for a run' } as const] : []),
    ];
  }).flat();

interface Person {
  readonly recipe: Recipe;
  readonly startMs: number;
  readonly days: number;
  readonly currency: SimulatedCurrency;
  readonly random: Chance;
}

const customerSteps = (customer: string, { recipe, startMs, days, currency, random }: Person): readonly Step[] => {
  const endMs = startMs + days * dayMs;
  const anyTime = (day = 1) => startMs + day * dayMs + below(random, endMs - startMs - day * dayMs);
  const card = pick(random, recipe.cards);
  const joinsMs = startMs + hourMs + below(random, 5 * dayMs);
  const isMetered = recipe.sendings > 0 && random() < 0.85;
  const plan = isMetered ? pick(random, usagePlans(currency)).key : fixedPlan(currency).key;
  // Months begin on any day, the 29th to the 31st among them; for some long before they sign up.
  const startsOn = instantAt(joinsMs + (below(random, 30) - 25) * dayMs).slice(0, 10);
  const body = {
    externalId: customer,
    name: `Customer ${customer}`,
    email: mailAddress(customer),
    currency,
    timezone: pick(random, zones),
    ...(card === 'none' ? {} : { paymentMethod: card }),
  };
  const months = Math.ceil(days / 30);
  const sometimes = (rate: number, make: () => readonly Step[]): readonly Step[] =>
    Array.from({ length: months }, () => (random() < rate ? make() : [])).flat();

  return [
    { atMs: joinsMs, does: 'signs up', customer, body },
    { atMs: joinsMs + 60_000, does: 'subscribes', customer, plan, startsOn },
    ...(isMetered ? usageSteps(customer, { recipe, joinsMs, endMs, months, random }) : []),
    ...sometimes(recipe.newCard, () => [
      {
        atMs: anyTime(),
        does: 'changes',
        customer,
        body: { paymentMethod: pick(random, ['pm_card_visa', ...recipe.cards.filter((each) => each !== 'none')]) },
      },
    ]),
    ...sometimes(recipe.visits, () => [
      random() < 0.25
        ? { atMs: anyTime(recipe.visitsFromDay), does: 'looks at link', customer }
        : {
            ...{ atMs: anyTime(recipe.visitsFromDay), does: 'pays by link', customer },
            ...{
              paymentMethod: pick(random, ['pm_card_visa', 'pm_card_chargeDeclined', 'pm_card_authenticationRequired']),
              afterMinutes: pick(random, recipe.waits),
            },
          },
    ]),
  ];
};

interface Use {
  readonly recipe: Recipe;
  readonly joinsMs: number;
  readonly endMs: number;
  readonly months: number;
  readonly random: Chance;
}

const usageSteps = (customer: string, { recipe, joinsMs, endMs, months, random }: Use): readonly Step[] => {
  const strangePoint = random() < recipe.suspense ? `point-of-${customer}` : undefined;
  const subjects = strangePoint === undefined ? ([customer] as const) : ([customer, strangePoint] as const);
  let made = 0;
  const eventAt = (ms: number): UsageEvent => ({
    id: `${customer}-${String((made += 1))}`,
    source: 'switch',
    type: 'call.ended',
    subject: pick(random, subjects),
    time: instantAt(ms),
    data: {
      quantity: `${String(below(random, 30))}.${String(below(random, 10))}`,
      user: `user-${String(below(random, 4))}`,
    },
  });

  const sendings = Array.from({ length: recipe.sendings * months }, (): readonly Step[] => {
    const atMs = joinsMs + hourMs + below(random, endMs - joinsMs);
    const behindMs = random() < recipe.late ? below(random, 30 * dayMs) : below(random, hourMs);
    const events = Array.from({ length: 1 + below(random, 6) }, () => eventAt(atMs - behindMs - below(random, hourMs)));
    const [first] = events;
    const again =
      random() < recipe.repeats ? [{ atMs: atMs + below(random, 20 * dayMs), does: 'uses', events } as const] : [];
    const other =
      first !== undefined && random() < recipe.conflicts
        ? [
            {
              atMs: atMs + below(random, 5 * dayMs),
              does: 'uses',
              events: [{ ...first, data: { quantity: '999', user: 'nobody' } }],
            } as const,
          ]
        : [];
    return [{ atMs, does: 'uses', events }, ...again, ...other];
  }).flat();
  const assigned: readonly Step[] =
    strangePoint === undefined
      ? []
      : [
          {
            ...{
              atMs: joinsMs + hourMs + below(random, endMs - joinsMs),
              does: 'assigns',
              customer,
              subject: strangePoint,
            },
            from: instantAt(joinsMs - below(random, 3 * dayMs)),
          },
        ];
  return [...sendings, ...assigned];
};
