/** The quick reading of instants agrees with Temporal on every text, and instants sort as they follow. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { epochMs, instantAt, parseInstant } from './instant.ts';

const twoDigits = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));

/** Texts in the shape of an instant, right in about half the cases: day 31 in any month, hour 24, second 60. */
const almostInstants = fc
  .record({
    year: fc.integer({ min: 1960, max: 2110 }),
    month: twoDigits(13),
    day: twoDigits(32),
    hour: twoDigits(24),
    minute: twoDigits(60),
    second: twoDigits(60),
    fraction: fc.constantFrom('', '.', '.5', '.000', '.123', '.999', '.12a', '.123456789', '.1234567890'),
    offset: fc.constantFrom(
      'Z',
      'Z',
      'Z',
      'z',
      '',
      '+00:00',
      '-00:00',
      '+14:00',
      '-12:00',
      '+23:59',
      '+24:00',
      '+1:00',
    ),
  })
  .map((t) => `${t.year}-${t.month}-${t.day}T${t.hour}:${t.minute}:${t.second}${t.fraction}${t.offset}`);

/** One character of a text changed for another. */
const damaged = fc
  .tuple(almostInstants, fc.nat(40), fc.constantFrom('0', '9', '-', ':', '.', 'T', 'Z', ' ', '/', '', '00', '٣'))
  .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1));

/** What Temporal makes of a text that has the form RFC 3339 prescribes. */
const bySlowReading = (text: string): string | undefined => {
  if (
    !/^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-5][0-9](\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$/.test(
      text,
    )
  ) {
    return undefined;
  }
  try {
    const read = Temporal.Instant.from(text);
    const isInRange = read.epochMilliseconds >= 0 && read.epochMilliseconds < 253_402_300_800_000;
    return isInRange ? read.toString({ smallestUnit: 'millisecond', roundingMode: 'trunc' }) : undefined;
  } catch {
    return undefined;
  }
};

it('reads what Temporal reads, and nothing else', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(almostInstants, damaged), (text) => {
      const expected = bySlowReading(text);
      if (expected !== undefined) read += 1;
      expect(parseInstant(text)).toBe(expected);
    }),
    { numRuns: 20_000 },
  );
  expect(read).toBeGreaterThan(1_000);
});

it('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(parseInstant(text)).toBeUndefined();
    }),
  );
});

it('sorts as text in the order of time, and reads back what it wrote', () => {
  const epoch = fc.integer({ min: 0, max: 253_402_300_799_999 });
  fc.assert(
    fc.property(epoch, epoch, (a, b) => {
      expect(epochMs(instantAt(a))).toBe(a);
      expect(parseInstant(instantAt(a))).toBe(instantAt(a));
      expect(instantAt(a) < instantAt(b)).toBe(a < b);
    }),
  );
});
