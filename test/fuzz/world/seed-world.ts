/**
 * What every life begins with: meters and plans of four currencies, customers of each who
 * subscribed a month ago, and the night that bills them, so that invoices, runs, payments
 * and pay links are there to be asked for.
 */
import { assert } from '#domain/assert.ts';
import { addDays, utcDay } from '#domain/time/day.ts';
import { addDaysTo } from '#domain/time/instant.ts';
import { currencies, fixedPlan, meters, usagePlans } from '#test/simulation/outside/tariffs.ts';
import { learn, noteName, type Known, nothingKnown } from './known.ts';
import type { FuzzWorld } from './fuzz-world.ts';
import { targets } from '../requests/targets.ts';
import { send } from '../judge/send.ts';
import { askedOf } from '../requests/draft.ts';

/** What the customers every life begins with are called by. */
export const seedName = 'seed';
const cards = ['pm_card_visa', 'pm_card_chargeCustomerFail', undefined] as const;

export const seedWorld = async (world: FuzzWorld): Promise<Known> => {
  const known = nothingKnown();
  const ask = async (name: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> => {
    const target = targets.find((each) => each.name === name);
    assert(target !== undefined, `${name} is an address`);
    const draft = { target, params: {}, query: {}, headers: {}, body };
    const asked = askedOf(draft, { apiKey: world.apiKey, nowMs: 0 }, 'taken');
    const answered = await send(world, asked);
    assert(answered.status < 300, `${name} is taken: ${answered.text}`);
    learn(known, target, asked, answered);
    return answered.body as Readonly<Record<string, unknown>>;
  };

  for (const meter of meters) await ask('POST /v1/meters', meter);
  const monthAgo = addDays(utcDay(world.world.clock.now()), -31);
  for (const currency of currencies) {
    for (const plan of [fixedPlan(currency), ...usagePlans(currency)]) await ask('POST /v1/plans', plan);
    for (const [i, paymentMethod] of cards.entries()) {
      const externalId = `${seedName}-${currency}-${String(i)}`;
      const email = `${externalId}@acme.example`;
      const customer = { externalId, name: externalId, email, currency, timezone: 'UTC', paymentMethod };
      const { id } = await ask('POST /v1/customers', customer);
      const plan = `${i === 0 ? 'metered' : 'flat'}_${currency.toLowerCase()}`;
      await ask('POST /v1/subscriptions', { customer: id, plan, startsOn: monthAgo });
    }
  }
  await world.liveUntil(addDaysTo(world.world.clock.now(), 1));
  await ask('GET /v1/invoices');
  await ask('GET /v1/billing-runs');
  for (const invoice of known.names.get('invoices') ?? []) noteName(known, 'pay', world.payLink(invoice));
  known.payments.push(...world.payments());
  assert(known.payments.length > 0, 'somebody has paid');
  return known;
};
