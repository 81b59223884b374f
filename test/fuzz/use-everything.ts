/**
 * Everybody who subscribed uses what their plan prices: an event that each meter of each
 * plan picks, filters and all, so that odd prices and odd meters are not only kept but
 * rated and billed.
 */
import { assert } from '#domain/assert.ts';
import type { Snapshot } from '#domain/audit/snapshot.ts';
import type { Meter } from '#domain/usage/meter.ts';
import { askedOf } from './requests/draft.ts';
import { targets } from './requests/targets.ts';
import { send } from './judge/send.ts';
import type { FuzzWorld } from './world/fuzz-world.ts';

const quantities = ['1', '12.5', '1000000', '0.000000000001', '-2'] as const;
const mostAtOnce = 500;

export const useEverything = async (world: FuzzWorld, { books, takenAt }: Snapshot): Promise<void> => {
  const meters = new Map(books.meters.map((meter) => [meter.key, meter]));
  const plans = new Map(books.planVersions.map((version) => [`${version.plan} ${String(version.version)}`, version]));
  const events = books.subscriptions.flatMap(({ id, customer, plan, planVersion }) =>
    (plans.get(`${plan} ${String(planVersion)}`)?.prices ?? []).flatMap(({ meter: key = '' }) => {
      const meter = meters.get(key);
      return meter === undefined ? [] : [{ id: `${id} ${key} ${takenAt}`, subject: customer, meter }];
    }),
  );
  const sent = events.map(({ meter, ...event }, i) => ({
    ...event,
    source: 'fuzz',
    type: meter.eventType,
    time: takenAt,
    data: dataFor(meter, quantities[i % quantities.length] ?? '1'),
  }));
  for (let from = 0; from < sent.length; from += mostAtOnce) await use(world, sent.slice(from, from + mostAtOnce));
};

/** What the meter reads, beside a text its filter takes of each field it asks for. */
const dataFor = ({ field, filter = {} }: Meter, quantity: string): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...(field === undefined ? [] : [[field, quantity]]),
    ...Object.entries(filter).map(([name, texts]) => [name, texts[0] ?? '']),
  ]) as Record<string, string>;

const use = async (world: FuzzWorld, body: readonly object[]): Promise<void> => {
  const target = targets.find(({ name }) => name === 'POST /v1/events');
  assert(target !== undefined, 'usage has an address');
  const draft = { target, params: {}, query: {}, headers: {}, body };
  const answered = await send(world, askedOf(draft, { apiKey: world.apiKey, nowMs: 0 }, 'taken'));
  assert(answered.status === 202 || answered.status === 400, `usage is judged: ${answered.text}`);
};
