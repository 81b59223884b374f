/** The door of usage: what it stores, what it answers, and that an outage is nobody's 202. */
import { describe, expect, test } from 'vitest';
import { Outage } from '#domain/outage.ts';
import { instant } from '#domain/time/instant.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import type { UsageLog } from '../ports.ts';
import { ingestUsage } from './ingest-usage.ts';

const now = instant('2026-03-10T12:00:00.000Z');
const event = (change: object = {}) => ({
  id: 'evt_1',
  source: 'gateway',
  type: 'call.ended',
  subject: 'sim-7',
  time: now,
  data: { quantity: '1' },
  ...change,
});

const send = async (
  body: unknown,
  { headers = {}, append }: { headers?: Record<string, string>; append?: UsageLog['append'] } = {},
) => {
  const stored: UsageEvent[][] = [];
  const keep: UsageLog['append'] = async (events) => void stored.push([...events]);
  const usageLog = { append: append ?? keep } as UsageLog;
  const request = {
    method: 'POST',
    path: '/v1/events',
    headers: { 'content-type': 'application/json', ...headers },
    query: {},
    params: {},
    body: Buffer.from(JSON.stringify(body)),
  };
  const { respond } = await ingestUsage(request, { usageLog, now } as Parameters<typeof ingestUsage>[1]);
  const answer = JSON.parse(String(respond.body)) as Record<string, unknown>;
  return { stored, status: respond.status, type: respond.headers['content-type'], answer };
};

describe('POST /v1/events', () => {
  test('stores the good ones of a batch in one append and names the others', async () => {
    const { status, answer, stored } = await send([
      event(),
      event({ id: 'evt_2', time: '2020-01-01T00:00:00Z' }),
      event(),
      event({ id: 'evt_3' }),
    ]);
    expect(status).toBe(202);
    expect(answer).toEqual({
      accepted: 2,
      duplicates: 1,
      rejected: [
        {
          index: 1,
          id: 'evt_2',
          code: 'time_out_of_window',
          message: expect.any(String) as string,
          pointer: '/1/time',
        },
      ],
    });
    expect(stored.map((events) => events.map(({ id }) => id))).toEqual([['evt_1', 'evt_3']]);
  });

  test('answers only after the log has it', async () => {
    let isDurable = false;
    const append = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      isDurable = true;
    };
    expect((await send(event(), { append })).status).toBe(202);
    expect(isDurable).toBe(true);
  });

  test('lets an outage through: nothing is acknowledged', async () => {
    await expect(send(event(), { append: () => Promise.reject(new Outage('throttled')) })).rejects.toThrow(Outage);
  });

  test('is a problem that lists each reason where no event is good', async () => {
    const { status, type, answer, stored } = await send([event({ id: '' })]);
    expect([status, type]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect(answer).toMatchObject({
      code: 'no_valid_event',
      rejected: [{ index: 0, id: null, code: 'invalid_text', pointer: '/0/id' }],
    });
    expect(stored).toEqual([]);
  });

  test.each([
    [{ 'content-type': 'text/csv' }, 415, 'unsupported_media_type'],
    [{ 'content-encoding': 'gzip' }, 400, 'malformed_gzip'],
  ])('refuses %j', async (headers, status, code) => {
    const refused = await send(event(), { headers });
    expect([refused.status, refused.answer['code'], refused.stored]).toEqual([status, code, []]);
  });

  test('refuses 1,001 events as too many', async () => {
    const { status, answer } = await send(Array.from({ length: 1001 }, (_, i) => event({ id: `e${i}` })));
    expect([status, answer['code']]).toEqual([413, 'too_many_events']);
  });
});
