/** Meters: created once and never changed, since bills rest on what they read. */
import * as z from 'zod';
import { canonicalHash } from '#domain/canonical.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { type Meter, meterTerms } from '#domain/usage/meter.ts';
import { pageOf, pageOnly } from '#events/api/page.ts';
import { slug } from '#events/api/texts.ts';
import { create } from '../handle.ts';
import { absent } from './absent.ts';
import { operation } from './operation.ts';
import { pageOfAll } from './pages.ts';

const meterBody = meterTerms.meta({
  id: 'Meter',
  description: 'Picks usage events by type and filter, and makes one quantity of them. Never changed once created.',
  example: { key: 'api_calls', eventType: 'api.called', aggregation: 'sum', field: 'quantity', unit: 'call' },
});

/** Created again just as it is, it is there already, and that is no error. */
export const createMeter = operation({
  body: meterBody,
  answers: meterBody,
  successes: [201, 200],
  handle: async ({ body }, { books }) => {
    const meter = meterOf(body);
    const known = await books.get('meter', meter.key);
    if (known === undefined) return { status: 201, body, write: [create('meter', meter)] };
    return canonicalHash(known.value) === canonicalHash(meter)
      ? { status: 200, body }
      : refuse(
          'meter_exists',
          'There is another meter under this key. A meter is not changed: take a new key.',
          '/key',
        );
  },
});

export const listMeters = operation({
  query: pageOnly,
  answers: pageOf(meterBody),
  successes: [200],
  handle: async (request, { books }) => {
    const all = (await books.list(['meter'], '')).map(({ value }) => value);
    const paged = pageOfAll(all, ({ key }) => key, request);
    return isRefusal(paged)
      ? paged
      : { status: 200, body: { data: paged.page.map(meterView), nextCursor: paged.nextCursor } };
  },
});

export const readMeter = operation({
  params: z.strictObject({ key: slug }),
  answers: meterBody,
  successes: [200],
  handle: async ({ params }, { books }) => {
    const meter = await books.get('meter', params.key);
    return meter === undefined ? absent : { status: 200, body: meterView(meter.value) };
  },
});

const meterOf = ({ field, filter, ...meter }: z.infer<typeof meterBody>): Meter => ({
  ...meter,
  ...(field === undefined ? {} : { field }),
  ...(filter === undefined ? {} : { filter }),
});

const meterView = ({ filter, ...meter }: Meter): z.input<typeof meterBody> => ({
  ...meter,
  ...(filter === undefined
    ? {}
    : { filter: Object.fromEntries(Object.entries(filter).map(([name, texts]) => [name, [...texts]])) }),
});
