/** Which meters the API takes. */
import { describe, expect, it } from 'vitest';
import { type Meter, meterTerms } from './meter.ts';

const sum: Meter = { key: 'data_gb', eventType: 'data.used', aggregation: 'sum', field: 'gigabytes', unit: 'GB' };
const count: Meter = { key: 'calls', eventType: 'call.ended', aggregation: 'count', unit: 'call' };

describe('meter terms', () => {
  it.each([
    ['a sum of a field', sum],
    ['a count', count],
    ['a filter', { ...sum, filter: { region: ['eu', 'ch'] } }],
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
  ])('do not take %s', (_, meter, where) => {
    const { error } = meterTerms.safeParse(meter);
    expect(error?.issues.map(({ path }) => path[0])).toEqual([where]);
  });

  it('do not take what they do not know', () => {
    expect(meterTerms.safeParse({ ...count, windowSize: 'DAY' }).success).toBe(false);
  });
});
