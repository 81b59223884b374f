/** Laws of the packed form: what went in comes out, and damage is told from data. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from '../assert.ts';
import { isRefusal } from '../refusal.ts';
import { idShapes, readEventId } from './event-id.ts';
import { type LoggedEvent, mostPackedEvents, packUsage, unpackUsage, type UsageColumns } from './packed-usage.ts';
import { plainNumberText, readPlainNumber } from './plain-number.ts';
import { eventAt, selectRows } from './usage-columns.ts';

const unicode = fc.string({ unit: 'grapheme', maxLength: 12 });
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: length, maxLength: length });
const prefix = fc.constantFrom('', 'evt_', 'é-', 'V1StG-', 'tr:', 'INV');
const number = fc.oneof(
  fc.nat().map(String),
  fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
  fc.constantFrom('0', '00', '007', '000123'),
);
const id = fc.oneof(
  fc.tuple(prefix, fc.ulid()).map((parts) => parts.join('')),
  fc.tuple(prefix, fc.ulid()).map(([mark, ulid]) => mark + ulid.toLowerCase()),
  fc.tuple(prefix, fc.uuid()).map((parts) => parts.join('')),
  fc.tuple(prefix, hex(32)).map((parts) => parts.join('')),
  fc.tuple(prefix, number).map((parts) => parts.join('')),
  hex(26).map((text) => text.toUpperCase()),
  unicode,
);
const decimal = fc.tuple(
  fc.constantFrom('', '-'),
  number,
  fc.constantFrom('', '.0', '.50', '.', '.000000000001', '.123456789012345678901234567890123'),
);
const value = fc.oneof(
  decimal.map((parts) => parts.join('')),
  fc.constantFrom('1', 'us-east-1', '', '\uFEFFmark', '-0', '1e3'),
  unicode,
);
const name = fc.oneof(fc.constantFrom('quantity', 'region', '__proto__', 'constructor', '10', '9'), unicode);
const event: fc.Arbitrary<LoggedEvent> = fc.record({
  point: fc.oneof(fc.nat(100), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
  source: fc.oneof(fc.constantFrom('gateway', 'core'), unicode),
  id,
  type: fc.oneof(fc.constantFrom('call.ended', 'tokens.used'), unicode),
  timeMs: fc.oneof(
    fc.integer({ min: 1_790_000_000_000, max: 1_790_000_100_000 }),
    fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
  ),
  data: fc.array(fc.tuple(name, value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
});

const unpacked = (bytes: Uint8Array): UsageColumns => {
  const columns = unpackUsage(bytes);
  if (isRefusal(columns)) throw new Error(columns.because);
  return columns;
};
const eventsOf = (columns: UsageColumns): LoggedEvent[] =>
  Array.from({ length: columns.count }, (_, row) => eventAt(columns, row));

describe('packed usage', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        expect(eventsOf(unpacked(packUsage(events)))).toEqual(events);
      }),
      { numRuns: 400 },
    );
  });

  it('keeps what a selection of its rows holds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.boolean()), { maxLength: 40 }), (marked) => {
        const rows = marked.flatMap(([, isKept], row) => (isKept ? [row] : []));
        const kept = selectRows(unpacked(packUsage(marked.map(([each]) => each))), rows);
        expect(eventsOf(kept)).toEqual(marked.flatMap(([each, isKept]) => (isKept ? [each] : [])));
      }),
    );
  });

  it('holds as many events as it says', () => {
    const one: LoggedEvent = { point: 1, source: 's', id: 'e-1', type: 't', timeMs: 0, data: { q: '1' } };
    const full = Array.from({ length: mostPackedEvents }, (_, i) => ({ ...one, id: `e-${i}`, data: { q: `v${i}` } }));
    const columns = unpacked(packUsage(full));
    expect(eventAt(columns, mostPackedEvents - 1)).toEqual(full.at(-1));
    expect(() => packUsage([...full, one])).toThrow('at most 65535');
  });

  it('is a bug when cut short or followed by more', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 10 }), fc.nat(), (events, cut) => {
        const bytes = packUsage(events);
        expect(() => unpackUsage(bytes.subarray(0, 1 + (cut % (bytes.length - 1))))).toThrow();
        expect(() => unpackUsage(Uint8Array.of(...bytes, 0))).toThrow();
      }),
    );
  });

  it('ends whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          const columns = unpackUsage(Uint8Array.of(1, ...bytes));
          expect(isRefusal(columns) || columns.count <= mostPackedEvents).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 500 },
    );
  });
});

it('refuses a form it does not know', () => {
  expect(unpackUsage(Uint8Array.of(2, 0))).toMatchObject({ refused: 'unknown_format' });
});

it('does not take a lone surrogate, which bytes cannot say', () => {
  expect(() => packUsage([{ point: 1, source: 's', id: 'e', type: 't', timeMs: 0, data: { q: '\ud800' } }])).toThrow(
    'well-formed',
  );
});

describe('event ids', () => {
  it.each([
    ['evt_01JBZ3K7M8QX5V9T2WNRC4D6EF', 'ulid', 'evt_'],
    ['evt_01jbz3k7m8qx5v9t2wnrc4d6ef', 'ulid_lowercase', 'evt_'],
    ['0192e4a0-7f3c-7cc0-8c5d-1a2b3c4d5e6f', 'uuid', ''],
    ['4bf92f3577b34da6a3ce929d0e0e4736', 'hex', ''],
    ['order-2026-000123', 'number', 'order-2026-'],
    ['INV42', 'number', 'INV'],
    // 26 characters, but the first says more than 128 bits.
    ['81JBZ3K7M8QX5V9T2WNRC4D6EF', 'raw', ''],
    ['0192E4A0-7F3C-7CC0-8C5D-1A2B3C4D5E6F', 'raw', ''],
    ['V1StGXR8Z5jdHi6B42', 'raw', ''],
  ] as const)('%s is %s', (text, shape, before) => {
    expect(readEventId(text, undefined, new Uint32Array(4))).toMatchObject({ shape, prefix: before });
  });

  it('has every shape in the law above', () => {
    const shapes = fc
      .sample(id, { numRuns: 500, seed: 1 })
      .map((text) => readEventId(text, undefined, new Uint32Array(4)).shape);
    expect(new Set(shapes)).toEqual(new Set(idShapes));
  });
});

describe('plain numbers', () => {
  it('come back letter for letter, or are not taken', () => {
    const read = { mantissa: 0, scale: 0 };
    fc.assert(
      fc.property(
        fc.oneof(
          value,
          decimal.map((parts) => parts.join('')),
        ),
        (text) => {
          if (readPlainNumber(text, read)) expect(plainNumberText(read.mantissa, read.scale)).toBe(text);
        },
      ),
    );
  });

  it.each(['0', '1.50', '1.5', '-0.5', '0.00', '2251799813685247', '0.000000000001'])('take %s', (text) => {
    expect(readPlainNumber(text, { mantissa: 0, scale: 0 })).toBe(true);
  });

  it.each(['', '-', '.5', '5.', '-0', '-0.0', '007', '1e3', '1.2.3', '2251799813685248', '+1', ' 1'])(
    'leave "%s" a text',
    (text) => {
      expect(readPlainNumber(text, { mantissa: 0, scale: 0 })).toBe(false);
    },
  );
});

it('packs a thousand alike events in few bytes', () => {
  const events = Array.from({ length: 1000 }, (_, i) => ({
    point: 7,
    source: 'gateway',
    id: `evt_${1_000_000 + i}`,
    type: 'call.ended',
    timeMs: 1_790_000_000_000 + i * 1000,
    data: { seconds: String(i % 100), region: 'eu' },
  }));
  // A step of time takes 2 bytes, one of the id 1, a count below 128 another 1, the point 1; the rest is said once.
  expect(present(packUsage(events), 'bytes').length).toBeLessThan(5 * 1000 + 150);
});
