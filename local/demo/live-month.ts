/**
 * Lives the demo's month on a local cloud: sets the companies up, sends their usage
 * week by week as it happens, and moves the clock over the month's end until every
 * bill is paid. Killed anywhere and run again on the same folder, it goes on where it
 * was: each request carries the same ids and keys.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { industries } from '#domain/industries/index.ts';
import { addDaysTo, addMinutes, epochMs, type Instant, instant } from '#domain/time/instant.ts';
import type { ApiClient } from '../api-client.ts';
import type { Cloud } from '../cloud.ts';
import { companies } from './companies.ts';
import type { Company, DemoEvent } from './company.ts';

export type Progress = (line: string) => void;

export const demoBegins = instant('2025-12-31T12:00:00.000Z');
/** Past every zone's month end and the night after it, and past the retry of a declined card. */
const demoEnds = instant('2026-02-06T12:00:00.000Z');

/** When usage is sent: weekly, just after midnight in UTC, and once more when New York's month is over. */
const sendings = ['01-08', '01-15', '01-22', '01-29', '02-01']
  .map((day) => instant(`2026-${day}T00:30:00.000Z`))
  .concat(instant('2026-02-01T06:00:00.000Z'));

export const liveMonth = async (cloud: Cloud, api: ApiClient, progress: Progress): Promise<void> => {
  for (const company of companies) await setUp(api, company);
  progress('three companies, their meters, plans and customers are set up');

  const usage = companies.flatMap((company) => company.usage());
  for (const until of sendings) {
    // Once the clock is well past a week's hour, all of it was acknowledged before.
    if (cloud.world.clock.now() > addMinutes(until, 20)) continue;
    await moveTo(cloud, until);
    const events = usage.filter(({ time }) => time < until && time >= addDaysTo(until, -14));
    // Senders that do not trust their network send a week again: what was counted is not counted twice.
    const counts = await sendUsage(api, events);
    progress(`${until.slice(0, 16)}: ${String(counts.accepted)} usage events acknowledged`);
  }
  for (let day = 1; day <= 6; day += 1) {
    const to = instant(`2026-02-0${String(day)}T12:00:00.000Z`);
    await moveTo(cloud, to);
    progress(`${to.slice(0, 10)}: ${await standing(api)}`);
  }
  await moveTo(cloud, demoEnds);
  await cloud.time.quiet();
};

const setUp = async (api: ApiClient, { industry, entity, customer, points }: Company): Promise<void> => {
  const once = (what: string) => ({ 'idempotency-key': `demo-${entity.key}-${what}` });
  const { meters, samplePlan } = industries[industry];
  await api.post('/v1/billing-entities', entity, once('entity'));
  for (const meter of meters) await api.post('/v1/meters', meter, once(meter.key));
  await api.post('/v1/plans', samplePlan, once('plan'));
  const made = await api.post<{ readonly id: string }>(
    '/v1/customers',
    { ...customer, billingEntity: entity.key },
    once('customer'),
  );
  for (const subject of points)
    await api.post('/v1/points', { subject, customer: made.id, from: '2025-12-01T00:00:00Z' }, once(subject));
  await api.post(
    '/v1/subscriptions',
    { customer: made.id, plan: samplePlan.key, startsOn: '2026-01-01' },
    once('subscription'),
  );
};

const sendUsage = async (api: ApiClient, events: readonly DemoEvent[]): Promise<{ readonly accepted: number }> => {
  let accepted = 0;
  for (let at = 0; at < events.length; at += 1_000) {
    // An id with two bodies in one request is refused at the door; real senders meet it in two requests.
    const batch = events.slice(at, at + 1_000);
    const again = batch.filter(
      (event, i) => batch.findIndex(({ id, source }) => id === event.id && source === event.source) !== i,
    );
    for (const body of [batch.filter((event) => !again.includes(event)), again]) {
      if (body.length > 0) accepted += (await untilTaken(() => api.post<Taken>('/v1/events', body))).accepted;
    }
  }
  return { accepted };
};

interface Taken {
  readonly accepted: number;
}

/** A sender's own patience: an answer that did not come is asked for again, with the same ids. */
const untilTaken = async (send: () => Promise<Taken>): Promise<Taken> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await send();
    } catch (error) {
      if (tries === 5) throw error;
      await pause(100 * tries);
    }
  }
};

/** Moves the cloud's own clock: what is deployed has no route for that. */
const moveTo = async (cloud: Cloud, to: Instant): Promise<void> => {
  if (epochMs(to) > epochMs(cloud.world.clock.now())) await cloud.time.advanceTo(epochMs(to));
};

const standing = async (api: ApiClient): Promise<string> => {
  const { data } = await api.get<{ readonly data: readonly { readonly status: string }[] }>('/v1/invoices?limit=100');
  const count = (status: string) => data.filter((invoice) => invoice.status === status).length;
  return data.length === 0
    ? 'no bill yet'
    : `${String(data.length)} bills, ${String(count('final'))} open, ${String(count('paid'))} paid`;
};
