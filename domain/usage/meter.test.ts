/** Which meters the API takes. */
import { describe, expect, it } from 'vitest';
import { type Meter, meterTerms } from './meter.ts';

const sum: Meter = { key: 'data_gb', eventType: 'data.used', aggregation: 'sum', field: 'gigabytes', unit: 'GB' };
const count: Meter = { key: 'calls', eventType: 'call.ended', aggregation: 'count', unit: 'call' };

const fields = (many: number) => Object.fromEntries(Array.from({ length: many }, (_, i) => [`f${String(i)}`, ['a']]));
const longest: Meter = {
  ...sum,
  eventType: `x${'./:_-'.repeat(25)}yz`,
  field: 'x'.repeat(64),
  filter: { ...fields(31), ['y'.repeat(64)]: ['z'.repeat(256)] },
};

describe('meter terms', () => {
  it.each([
    ['a sum of a field', sum],
    ['a count', count],
    ['a filter', { ...sum, filter: { region: ['eu', 'ch'], tariff: [''] } }],
    ['all that is longest', longest],
  ])('take %s', (_, meter) => {
    const taken: Meter = meterTerms.parse(meter);
    expect(taken).toEqual(meter);
  });

  it.each([
    ['a sum of no field', { ...count, aggregation: 'sum' }, 'field'],
    ['a count of a field', { ...count, field: 'seconds' }, 'field'],
    ['an aggregation of another system', { ...sum, aggregation: 'avg' }, 'aggregation'],
    ['a key that no price could name', { ...sum, key: 'Data GB' }, 'key'],
    ['a filter that lets nothing through', { ...sum, filter: { region: [] } }, 'filter'],
    ['a type with a blank', { ...count, eventType: 'call ended' }, 'eventType'],
    ['a type that begins with a dot', { ...count, eventType: '.ended' }, 'eventType'],
    ['a type of 129 characters', { ...count, eventType: 'x'.repeat(129) }, 'eventType'],
    ['a field of 65 characters', { ...sum, field: 'x'.repeat(65) }, 'field'],
    ['a field with a control character', { ...sum, field: 'a\tb' }, 'field'],
    ['a field of a reserved name', { ...sum, field: 'constructor' }, 'field'],
    ['a filter of a field of 65 characters', { ...count, filter: { ['x'.repeat(65)]: ['a'] } }, 'filter'],
    ['a filter of a field without a name', { ...count, filter: { '': ['a'] } }, 'filter'],
    ['a filter text of 257 characters', { ...count, filter: { region: ['x'.repeat(257)] } }, 'filter'],
    ['a filter text of half a pair', { ...count, filter: { region: ['\ud800'] } }, 'filter'],
    ['a filter of 33 fields', { ...count, filter: fields(33) }, 'filter'],
  ])('do not take %s', (_, meter, where) => {
    const { error } = meterTerms.safeParse(meter);
    expect(error?.issues.map(({ path }) => path[0])).toEqual([where]);
  });

  it('do not take what they do not know', () => {
    expect(meterTerms.safeParse({ ...count, windowSize: 'DAY' }).success).toBe(false);
  });
});
