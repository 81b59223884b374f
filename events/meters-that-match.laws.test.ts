/** A meter names exactly what an event can be: what the door lets through can be metered, and a meter asks for nothing else. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { meterTerms } from '#domain/usage/meter.ts';
import { instant } from '#domain/time/instant.ts';
import { checkUsageEvent, eventWindowAt } from './usage.ts';

const time = '2026-03-10T11:59:00.000Z';
const window = eventWindowAt(instant(time));
const isEvent = (change: object): boolean =>
  !('fault' in checkUsageEvent({ id: 'e', source: 's', type: 't', subject: 'p', time, ...change }, window));
const isMeter = (change: object): boolean =>
  meterTerms.safeParse({ key: 'm', eventType: 't', aggregation: 'count', unit: 'u', ...change }).success;

/** Texts near every border there is: lengths, control characters, halves of pairs, reserved names. */
const text = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'Z', '0', '.', '_', ':', '/', '-', ' ', 'é', '\u0000', '\ud800'),
    maxLength: 4,
  }),
  fc.constantFrom(0, 1, 63, 64, 65, 127, 128, 129, 255, 256, 257).map((length) => 'x'.repeat(length)),
  fc.constantFrom('constructor', 'prototype', 'quantity', 'value'),
);
const agree = (ofEvent: (text: string) => object, ofMeter: (text: string) => object) => {
  const seen = new Set<boolean>();
  fc.assert(
    fc.property(text, (each) => {
      const taken = isEvent(ofEvent(each));
      seen.add(taken);
      expect(isMeter(ofMeter(each))).toBe(taken);
    }),
  );
  expect(seen.size).toBe(2);
};

it('an event type is metered if and only if an event can have it', () => {
  agree(
    (type) => ({ type }),
    (eventType) => ({ eventType }),
  );
});

it('a field is read, and filtered by, if and only if an event can have it', () => {
  const event = (name: string) => ({ data: { [name]: '1' } });
  agree(event, (field) => ({ aggregation: 'sum', field }));
  // JSON bodies with reserved names are refused before any schema reads them.
  agree(event, (name) => ({ filter: { [name]: ['1'] } }));
});

it('a text is filtered for if and only if a field can hold it', () => {
  agree(
    (region) => ({ data: { region } }),
    (region) => ({ filter: { region: [region] } }),
  );
});
