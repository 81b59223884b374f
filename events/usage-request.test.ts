/** A usage request as a whole: its forms, its limits, and what becomes of its good, bad and repeated events. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { mostBodyBytes } from './usage-body.ts';
import { readUsageRequest, type UsageRead, type UsageRefusal } from './usage-request.ts';

const now = instant('2026-03-10T12:00:00.000Z');
const event = (change: object = {}) => ({
  id: 'evt_1',
  source: 'gateway',
  type: 'call.ended',
  subject: 'sim-7',
  time: '2026-03-10T11:59:00Z',
  data: { quantity: '12.5', region: 'eu' },
  ...change,
});

interface Sent {
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string;
}
const send = (body: unknown, { contentType = 'application/json', contentEncoding }: Sent = {}) =>
  readUsageRequest({
    contentType,
    contentEncoding,
    body: body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    now,
  });
const read = async (body: unknown, sent?: Sent): Promise<UsageRead> => {
  const result = await send(body, sent);
  if ('refused' in result) throw new Error(`refused: ${result.refused}, ${result.because}`);
  return result;
};
const refused = async (body: unknown, sent?: Sent): Promise<UsageRefusal['refused']> => {
  const result = await send(body, sent);
  if (!('refused' in result)) throw new Error('read, though it should have been refused');
  return result.refused;
};
describe('forms of a request', () => {
  const stored = { ...event(), time: '2026-03-10T11:59:00.000Z' };

  test('one event, with the attributes of CloudEvents that are not stored', async () => {
    const sent = event({
      specversion: '1.0',
      datacontenttype: 'application/json',
      dataschema: 'urn:x',
      traceparent: '00-1',
    });
    expect(await read(sent, { contentType: 'application/cloudevents+json; charset=UTF-8' })).toEqual({
      events: [stored],
      duplicates: 0,
      rejected: [],
    });
    expect((await read(event())).events).toEqual([stored]);
  });

  test('a batch, blanks and a byte order mark before it', async () => {
    const batch = `\uFEFF \n[ ${JSON.stringify(event())} ,\n${JSON.stringify(event({ id: 'evt_2' }))} ] \n`;
    expect(
      (await read(batch, { contentType: 'application/cloudevents-batch+json' })).events.map(({ id }) => id),
    ).toEqual(['evt_1', 'evt_2']);
  });

  test('lines: a bad one is named, its neighbours count, blank ones are none', async () => {
    const lines = `${JSON.stringify(event())}\r\n\n{"id": nonsense}\n${JSON.stringify(event({ id: 'evt_2' }))}\n\n`;
    const { events, rejected } = await read(lines, { contentType: 'application/x-ndjson' });
    expect(events.map(({ id }) => id)).toEqual(['evt_1', 'evt_2']);
    expect(rejected).toMatchObject([{ index: 1, id: null, code: 'malformed_json', pointer: '/1' }]);
    expect(rejected[0]!.message).toContain('an unexpected character at 7');
  });

  test('an event over two lines is two bad lines, though it is one good value', async () => {
    const { events, rejected } = await read(JSON.stringify(event()).replace(',', ',\n'), {
      contentType: 'application/x-ndjson',
    });
    expect(events).toEqual([]);
    expect(rejected.map(({ code }) => code)).toEqual(['malformed_json', 'malformed_json']);
  });

  test('gzip', async () => {
    expect((await read(gzipSync(JSON.stringify([event()])), { contentEncoding: 'gzip' })).events).toEqual([stored]);
  });
});

describe('what is refused as a whole', () => {
  test.each([
    ['another content type', event(), { contentType: 'text/plain' }, 'unsupported_media_type'],
    ['another charset', event(), { contentType: 'application/json; charset=latin1' }, 'unsupported_media_type'],
    ['the name of a method for a content type', event(), { contentType: 'constructor' }, 'unsupported_media_type'],
    ['another encoding', event(), { contentEncoding: 'br' }, 'unsupported_encoding'],
    ['gzip that is none', event(), { contentEncoding: 'gzip' }, 'malformed_gzip'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), {}, 'malformed_text'],
    ['a body of 10 MB', Buffer.alloc(10_000_000, 0x20), {}, 'body_too_large'],
    ['a gzip bomb', gzipSync(Buffer.alloc(200_000_000, 0x20)), { contentEncoding: 'gzip' }, 'body_too_large'],
    ['no JSON', '[{"id":1},', {}, 'malformed_json'],
    ['something after it', '[{"id":1}] x', {}, 'malformed_json'],
    ['a batch that is an object', event(), { contentType: 'application/cloudevents-batch+json' }, 'malformed_json'],
    ['an empty body', '', {}, 'malformed_json'],
    ['an empty batch', '[]', {}, 'no_events'],
    ['no lines', '\n\n', { contentType: 'application/x-ndjson' }, 'no_events'],
    ['1,001 events', Array.from({ length: 1001 }, (_, i) => event({ id: `e${i}` })), {}, 'too_many_events'],
    ['nesting without end', '['.repeat(1_000_000), {}, 'malformed_json'],
  ])('%s', async (_, body, sent, code) => {
    expect(await refused(body, sent)).toBe(code);
  });

  test('says where the JSON breaks', async () => {
    expect(await send('[{"id":1}{"id":2}]')).toMatchObject({
      because: expect.stringContaining('at character 9') as string,
    });
  });

  test('says that a body is gzip where its content-encoding does not', async () => {
    expect(await send(gzipSync(JSON.stringify(event())))).toEqual({
      refused: 'malformed_text',
      because: 'The body is gzip and does not say so. Set content-encoding: gzip.',
    });
  });

  test.each(['application/json', 'application/cloudevents+json'])(
    'points to application/x-ndjson where lines come as %s',
    async (contentType) => {
      const lines = `${JSON.stringify(event())}\n${JSON.stringify(event({ id: 'evt_2' }))}\n`;
      expect(await send(lines, { contentType })).toMatchObject({
        refused: 'malformed_json',
        because: expect.stringContaining('one a line as application/x-ndjson') as string,
      });
    },
  );

  test('a body at the limit is read, one byte more is not', async () => {
    const padded = (bytes: number) => Buffer.from(JSON.stringify(event()).padEnd(bytes));
    expect((await read(padded(mostBodyBytes))).events).toHaveLength(1);
    expect(await refused(padded(mostBodyBytes + 1))).toBe('body_too_large');
    expect(await refused(gzipSync(padded(mostBodyBytes + 1)), { contentEncoding: 'gzip' })).toBe('body_too_large');
  });
});

test('a message never repeats what was sent', async () => {
  const secret = 'sk_live_0123456789';
  for (const bad of [
    event({ id: `${secret}\u0000` }),
    event({ [secret.repeat(4)]: 1 }),
    event({ data: { quantity: secret } }),
    `{"${secret}`,
  ]) {
    expect(JSON.stringify(await send([bad]))).not.toContain(secret);
  }
});

describe('the same identity more than once', () => {
  test('equal bodies collapse, however they are written', async () => {
    const { data: _, ...attributes } = event({ time: '2026-03-10T12:59:00+01:00' });
    const again = { data: { region: 'eu', quantity: '12.5' }, ...attributes };
    const { events, duplicates, rejected } = await read([event(), again, event(), event({ source: 'other' })]);
    expect([events.length, duplicates, rejected.length]).toEqual([2, 2, 0]);
  });

  test.each([
    { type: 'x' },
    { subject: 'x' },
    { time: '2026-03-10T11:59:00.001Z' },
    { data: { quantity: '12.50', region: 'eu' } },
    { data: {} },
  ])('another body is a conflict, and none of them stays: %j', async (change) => {
    const { events, duplicates, rejected } = await read([event(), event({ id: 'good' }), event(), event(change)]);
    expect(events.map(({ id }) => id)).toEqual(['good']);
    expect(duplicates).toBe(0);
    expect(rejected).toMatchObject(
      [0, 2, 3].map((index) => ({ index, id: 'evt_1', code: 'conflicting_event', pointer: `/${index}` })),
    );
  });

  test('a rejected twin does not dispute a good one', async () => {
    const { events, rejected } = await read([event(), event({ time: 'never' })]);
    expect(events).toHaveLength(1);
    expect(rejected).toMatchObject([{ index: 1, id: 'evt_1', code: 'invalid_time' }]);
  });
});
