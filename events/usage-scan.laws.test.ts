/** The fast path against the plain one, on events good, nearly good and hostile. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearUsageEvent as event } from '#test/fuzz/near-usage-event.ts';
import { instant } from '#domain/time/instant.ts';
import { checkUsageEvent, eventWindowAt } from './usage.ts';
import { readJson } from './usage-json.ts';
import { eventScan, scanEvent } from './usage-scan.ts';
import { releaseUnits } from './usage-scan-text.ts';

const window = eventWindowAt(instant('2026-03-10T12:00:00.000Z'));

const plainly = (text: string) => {
  const read = readJson(text);
  if ('malformed' in read || read.repeatsKey) return undefined;
  const checked = checkUsageEvent(read.value, window);
  return 'fault' in checked ? undefined : { event: checked, end: read.end };
};

/** Whether the fast path took the text; if it did, the plain path must take it too, as the same event and up to the same place. */
const takenAlike = (text: string, warmUp: string = text): boolean => {
  const both = warmUp + text;
  const scan = eventScan(both, window);
  // The scanner remembers texts of events before: every text is also read with something to remember.
  scanEvent(scan, 0);
  const event = scanEvent(scan, warmUp.length);
  releaseUnits(scan);
  if (event === undefined) return false;
  expect({ event, end: scan.at - warmUp.length }, both).toStrictEqual(plainly(text));
  // toStrictEqual does not see the order of names.
  expect(Object.keys(event.data)).toEqual(Object.keys(plainly(text)?.event.data ?? {}));
  return true;
};

/** The share of the texts that the fast path takes: a law about what is taken says nothing where nothing is. */
const shareTaken = (texts: fc.Arbitrary<readonly string[]>, numRuns: number): number => {
  let taken = 0;
  fc.assert(
    fc.property(texts, ([text = '', warmUp]) => {
      taken += takenAlike(text, warmUp) ? 1 : 0;
    }),
    { numRuns },
  );
  return taken / numRuns;
};

describe('the fast path takes nothing that the plain path does not, and reads it alike', () => {
  test('events, good and nearly good, after others', () => {
    const share = shareTaken(fc.tuple(event, event), 20_000);
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.9);
  });

  test('events with a character or two changed', () => {
    const put = fc.constantFrom(
      '',
      '"',
      '\\',
      '{',
      '}',
      ',',
      ':',
      '0',
      '.',
      '\u0000',
      '\u0085',
      'e',
      '-',
      ' ',
      '\n',
      'null',
    );
    const changed = fc.tuple(event, fc.nat(), fc.nat({ max: 2 }), put).map(([text, place, removed, letters]) => {
      const at = place % text.length;
      // A body is UTF-8, so its text is well-formed wherever it is cut.
      return (text.slice(0, at) + letters + text.slice(at + removed)).toWellFormed();
    });
    expect(shareTaken(fc.tuple(changed, event), 20_000)).toBeGreaterThan(0.02);
  });

  test('times of a day that is known, right and wrong, at either end of the window and within it', () => {
    const at = (time: string) => `{"id":"1","source":"s","type":"t","subject":"x","time":"${time}"}`;
    const two = fc.nat({ max: 69 }).map((number) => String(number).padStart(2, '0'));
    const clock = fc
      .tuple(two, two, two, fc.nat({ max: 999 }))
      .map(([hours, minutes, seconds, ms]) => `${hours}:${minutes}:${seconds}.${String(ms).padStart(3, '0')}Z`);
    const changed = fc
      .tuple(clock, fc.nat({ max: 13 }), fc.constantFrom('', '0', ':', '.', 'Z', '+', ' ', '٣', '"'))
      .map(([text, place, letter]) => text.slice(0, place) + letter + text.slice(place + 1));
    // The window is from noon of the first day to five past noon of the last.
    const day = fc.constantFrom('2026-02-03', '2026-02-28', '2026-03-10');
    const times = fc
      .tuple(day, fc.oneof(clock, changed))
      .map(([date, text]) => [at(`${date}T${text}`), at(`${date}T12:00:00.000Z`)]);
    const share = shareTaken(times, 10_000);
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.5);
  });

  test('texts that stood before, and texts that look like them', () => {
    const field = fc.constantFrom('eu-west-1', 'us-west-1', 'us-east-1', 'cus_00000001', 'cus_10000001', '1', 'é-1');
    const like = fc
      .tuple(field, field, field)
      .map(
        ([subject, region, plan]) =>
          `{"id":"1","source":"s","type":"t","subject":"${subject}","time":"2026-03-10T11:00:00Z","data":{"a":"${region}","b":"${plan}"}}`,
      );
    expect(shareTaken(fc.tuple(like, like), 2_000)).toBe(1);
  });

  test('texts that end anywhere', () => {
    const cut = fc
      .tuple(event, fc.nat())
      .map(([text, length]) => [text.slice(0, length % text.length).toWellFormed(), text]);
    expect(shareTaken(cut, 5_000)).toBe(0);
  });
});

test('the fast path takes the events that nearly everybody sends', () => {
  for (const text of [
    '{"id":"evt_01HZX","source":"api","type":"tokens.used","subject":"cus_7","time":"2026-03-10T11:00:00.000Z","data":{"quantity":"12.5","model":"big"}}',
    '{"specversion":"1.0","datacontenttype":"application/json","id":"5f0c","source":"/zähler","type":"meter.read","subject":"DE 00 1","time":"2026-03-10T11:00:00+02:00","data":{"value":-17,"estimated":true}}',
    '{ "id": "1", "source": "s", "type": "t", "subject": "x", "time": "2026-03-10T11:00:00Z" }',
    '{"id":"1","source":"s","type":"t","subject":"x","time":"2026-03-10T11:00:00Z","data":{}}',
  ]) {
    expect(takenAlike(text), text).toBe(true);
  }
});
