/**
 * The customers of a soak: some sign up at the start, another every few days, in seven
 * zones and four currencies, on plans of every price model, with cards of every kind.
 * Months begin on any day, and some have ended before their customer is known. Some give
 * another card later, some use a point that is assigned to them only afterwards.
 */
import { type Instant, instantAt } from '#domain/time/instant.ts';
import { below, type Chance, pick } from '../simulation/engine/chance.ts';
import { currencies, fixedPlan, meters, usagePlans } from '../simulation/outside/tariffs.ts';
import type { Sender } from './sender.ts';

export interface Customers {
  /** What their usage may name. */
  readonly subjects: readonly string[];
  /** What they do on a day. */
  readonly live: (now: Instant) => void;
  readonly count: () => number;
}

const atTheStart = 40;
const daysBetweenSignUps = 4;
/** Chances of a day: somebody gives another card; somebody's unknown point is assigned. */
const newCard = 0.4;
const assignment = 0.3;
/** Chances of a customer: is on a plan that meters usage; uses a point nobody owns yet. */
const metered = 0.8;
const strangePoint = 0.2;

const dayMs = 86_400_000;
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Auckland',
  'Pacific/Honolulu',
  'Asia/Kolkata',
  'America/Sao_Paulo',
] as const;

/** The last is none: such a customer pays by the link in the bill. */
const cards = [
  ...['pm_card_visa', 'pm_card_visa', 'pm_card_visa', 'pm_card_mastercard'],
  ...['pm_card_chargeCustomerFail', 'pm_card_authenticationRequired', 'pm_card_chargeDeclined'],
  ...['pm_double_declines_1_then_succeeds', 'pm_double_declines_2_then_succeeds', 'pm_double_insufficientFunds'],
  ...['pm_usBankAccount_success', 'pm_usBankAccount_insufficientFunds'],
  'none',
] as unknown as readonly [string, ...string[]];

/** What they can subscribe to. Resolves once it is all there. */
export const setUpPlans = async (sender: Sender): Promise<void> => {
  for (const body of meters) sender.post('/v1/meters', body, `meter-${body.key}`);
  while (sender.waiting() > 0) await sender.round();
  for (const currency of currencies)
    for (const body of [fixedPlan(currency), ...usagePlans(currency)])
      sender.post('/v1/plans', body, `plan-${body.key}`);
  while (sender.waiting() > 0) await sender.round();
};

export const customers = (random: Chance, sender: Sender): Customers => {
  const subjects: string[] = [];
  const ids: string[] = [];
  const unassigned: { readonly subject: string; readonly customer: string; readonly from: Instant }[] = [];
  let signedUp = 0;
  let days = 0;

  const signUp = (now: Instant) => {
    const externalId = `customer-${String((signedUp += 1))}`;
    const currency = pick(random, currencies);
    const card = pick(random, cards);
    const isMetered = random() < metered;
    const plan = isMetered ? pick(random, usagePlans(currency)).key : fixedPlan(currency).key;
    const startsOn = instantAt(Date.parse(now) + (below(random, 46) - 45) * dayMs).slice(0, 10);
    const body = {
      externalId,
      name: `Customer ${externalId}`,
      email: `${externalId}@customer.example`,
      currency,
      timezone: pick(random, zones),
      ...(card === 'none' ? {} : { paymentMethod: card }),
    };
    sender.post('/v1/customers', body, externalId, (made) => {
      ids.push((JSON.parse(made) as { readonly id: string }).id);
      sender.post('/v1/subscriptions', { customer: externalId, plan, startsOn }, `${externalId}-${plan}`, () => {
        if (isMetered) subjects.push(externalId);
      });
    });
    if (!isMetered || random() > strangePoint) return;
    const subject = `point-of-${externalId}`;
    subjects.push(subject);
    unassigned.push({ subject, customer: externalId, from: now });
  };

  const changeCard = () => {
    const id = ids[below(random, ids.length)];
    const paymentMethod = pick(random, ['pm_card_visa', 'pm_card_mastercard', 'pm_double_declines_1_then_succeeds']);
    if (id !== undefined) sender.patch(`/v1/customers/${id}`, { paymentMethod });
  };

  const assign = () => {
    const point = unassigned.shift();
    if (point !== undefined) sender.post('/v1/points', point, point.subject);
  };

  return {
    subjects,
    live: (now) => {
      const newcomers = days === 0 ? atTheStart : Number(days % daysBetweenSignUps === 0);
      days += 1;
      for (let n = 0; n < newcomers; n += 1) signUp(now);
      if (random() < newCard) changeCard();
      if (random() < assignment) assign();
    },
    count: () => ids.length,
  };
};
