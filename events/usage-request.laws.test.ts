/** Laws of a usage request: each event stands on its own, everything is counted once, and no body of bytes does harm. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearUsageEvent } from '#test/fuzz/near-usage-event.ts';
import { instant } from '#domain/time/instant.ts';
import { mostBodyBytes } from './usage-body.ts';
import { readUsageRequest, readUsageText, type UsageRead } from './usage-request.ts';

const now = instant('2026-03-10T12:00:00.000Z');
const readable = (read: ReturnType<typeof readUsageText>): UsageRead | undefined =>
  'refused' in read ? undefined : read;

/** Texts that are each one JSON value, in one line. */
const lines = fc
  .array(nearUsageEvent, { minLength: 1, maxLength: 6 })
  .map((texts) =>
    texts
      .map((text) => text.replace(/[\n\r]/g, ' '))
      .filter((text) => readable(readUsageText(text, 'one', now)) !== undefined),
  );

test('an event fares alone as it fares among others, in a batch or in lines', () => {
  fc.assert(
    fc.property(lines, (texts) => {
      fc.pre(texts.length > 0);
      const alone = texts.map((text) => readUsageText(text, 'one', now) as UsageRead);
      const batch = readUsageText(`[${texts.join(',')}]`, 'batch', now) as UsageRead;
      expect(readUsageText(texts.join('\n'), 'lines', now)).toEqual(batch);
      expect(batch.events.length + batch.duplicates + batch.rejected.length).toBe(texts.length);
      const conflicting = new Set(
        batch.rejected.filter(({ code }) => code === 'conflicting_event').map(({ index }) => index),
      );
      alone.forEach(({ events, rejected }, index) => {
        const [fault] = rejected;
        if (fault !== undefined)
          expect(batch.rejected).toContainEqual({ ...fault, index, pointer: `/${index}${fault.pointer}` });
        else if (!conflicting.has(index)) expect(batch.events).toContainEqual(events[0]);
      });
    }),
    { numRuns: 3_000 },
  );
});

test('no bytes make it throw', async () => {
  const types = ['application/json', 'application/cloudevents-batch+json', 'application/x-ndjson', 'text/html', ''];
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(nearUsageEvent, { maxLength: 3 }).map((texts) => Buffer.from(`[${texts.join(',')}`)),
    fc.string({ unit: 'binary', maxLength: 100 }).map((text) => Buffer.from(text)),
  );
  await fc.assert(
    fc.asyncProperty(
      bodies,
      fc.constantFrom(...types),
      fc.constantFrom(undefined, 'gzip', 'GZIP', 'br'),
      async (body, contentType, contentEncoding) => {
        const read = await readUsageRequest({ contentType, contentEncoding, body, now });
        expect('refused' in read ? read.because.length : read.events.length + read.rejected.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 3_000 },
  );
});

describe('bodies made to be slow end within a second', () => {
  const full = (unit: string, open = '', close = '') =>
    open + unit.repeat(Math.floor((mostBodyBytes - open.length - close.length) / unit.length)) + close;
  const attributes = '"id":"a","source":"s","type":"t","subject":"x","time":"2026-03-10T11:00:00Z"';
  const fields = Array.from({ length: 250_000 }, (_, i) => `"f${i}":[]`).join(',');
  test.each([
    ['blank lines', full('\n')],
    ['lines of one brace', full('{\n')],
    ['blanks', full(' ')],
    ['an unclosed text', full('a', '["')],
    ['quotes', full('"')],
    ['escapes', full('\\u0041', '["', '"]')],
    ['openings', full('[{"a":')],
    ['digits', full('9', '[', ']')],
    ['a number that goes wrong late', full('1', '[', 'x]')],
    ['many attributes', `[{${fields}}]`],
    ['many fields', `[{${attributes},"data":{${fields}}}]`],
    [
      'a thousand events of many attributes',
      `[${Array.from({ length: 1000 }, () => `{${fields.slice(0, 3989)}}`).join(',')}]`,
    ],
  ])('%s', async (_, text) => {
    for (const contentType of ['application/json', 'application/x-ndjson']) {
      const from = process.cpuUsage();
      await readUsageRequest({ contentType, contentEncoding: undefined, body: Buffer.from(text), now });
      const { user } = process.cpuUsage(from);
      expect(user / 1e6).toBeLessThan(1);
    }
  });
});
