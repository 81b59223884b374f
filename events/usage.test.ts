/** What is wrong with an event, case by case: the code a program gets and the pointer to the place. */
import { describe, expect, test } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { readUsageText, type UsageRead } from './usage-request.ts';

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
const read = (body: unknown): UsageRead => {
  const result = readUsageText(typeof body === 'string' ? body : JSON.stringify(body), 'either', now);
  if ('refused' in result) throw new Error(`refused: ${result.refused}, ${result.because}`);
  return result;
};
/** Code and pointer of the one rejection an event gets. */
const fault = (bad: unknown) => {
  const { events, rejected } = read(`[${typeof bad === 'string' ? bad : JSON.stringify(bad)}]`);
  expect([events.length, rejected.length]).toEqual([0, 1]);
  return [rejected[0]!.code, rejected[0]!.pointer];
};

describe('what is wrong with an event', () => {
  const data = (fields: string) => JSON.stringify(event({ data: 0 })).replace('"data":0', `"data":${fields}`);
  const faults: readonly (readonly [string, unknown, string, string])[] = [
    ['no object', [1], 'not_an_object', '/0'],
    ['null', null, 'not_an_object', '/0'],
    ['no id', event({ id: undefined }), 'missing_attribute', '/0/id'],
    ['an empty id', event({ id: '' }), 'invalid_text', '/0/id'],
    ['a long id', event({ id: 'x'.repeat(129) }), 'invalid_text', '/0/id'],
    ['a control character', event({ source: 'a\u0007b' }), 'invalid_text', '/0/source'],
    ['half a surrogate pair', event({ subject: '\ud800' }), 'invalid_text', '/0/subject'],
    ['a number for a subject', event({ subject: 7 }), 'invalid_text', '/0/subject'],
    ['a type with a blank', event({ type: 'call ended' }), 'invalid_type', '/0/type'],
    ['another version', event({ specversion: '0.3' }), 'unsupported_version', '/0/specversion'],
    ['an attribute of their own', event({ 'a/b~c': 1 }), 'unknown_attribute', '/0/a~1b~0c'],
    ['an attribute with a long name', event({ ['x'.repeat(65)]: 1 }), 'unknown_attribute', '/0'],
    ['no time', event({ time: '2026-02-30T00:00:00Z' }), 'invalid_time', '/0/time'],
    ['time as a number', event({ time: 1_700_000_000 }), 'invalid_time', '/0/time'],
    ['a repeated key', '{"id":"a","id":"a"}', 'repeated_key', '/0'],
    ['a repeated field', data('{"a":"1","a":"1"}'), 'repeated_key', '/0'],
    ['__proto__', data('{"__proto__":"1"}'), 'reserved_name', '/0/data/__proto__'],
    ['constructor', data('{"constructor":"1"}'), 'reserved_name', '/0/data/constructor'],
    ['__proto__ as an attribute', '{"__proto__":{"id":"a"}}', 'reserved_name', '/0/__proto__'],
    ['data that is a text', event({ data: 'x' }), 'invalid_data', '/0/data'],
    ['data that is null', event({ data: null }), 'invalid_data', '/0/data'],
    [
      '33 fields',
      event({ data: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`f${i}`, 'x'])) }),
      'too_many_fields',
      '/0/data',
    ],
    ['a field without a name', event({ data: { '': 'x' } }), 'invalid_field_name', '/0/data/'],
    ['an object in a field', event({ data: { a: {} } }), 'unsupported_value', '/0/data/a'],
    ['an array in a field', event({ data: { a: [] } }), 'unsupported_value', '/0/data/a'],
    ['null in a field', event({ data: { a: null } }), 'unsupported_value', '/0/data/a'],
    ['a long text in a field', event({ data: { a: 'x'.repeat(257) } }), 'invalid_value', '/0/data/a'],
    ['a fraction', data('{"a":12.5}'), 'quantity_not_a_decimal_string', '/0/data/a'],
    ['a whole number with a point', data('{"a":1.0}'), 'quantity_not_a_decimal_string', '/0/data/a'],
    ['an exponent', data('{"a":1e3}'), 'quantity_not_a_decimal_string', '/0/data/a'],
    ['1e400', data('{"a":1e400}'), 'quantity_not_a_decimal_string', '/0/data/a'],
    ['2^53', data('{"a":9007199254740992}'), 'quantity_not_a_decimal_string', '/0/data/a'],
    ...['NaN', '1e3', '', 'Infinity', ' 5', '.5', '5.', '+5', '0x10', '1,5', '٣'].map(
      (text) =>
        [
          `the quantity "${text}"`,
          event({ data: { quantity: text } }),
          'quantity_not_a_decimal_string',
          '/0/data/quantity',
        ] as const,
    ),
    ['the quantity true', event({ data: { value: true } }), 'quantity_not_a_decimal_string', '/0/data/value'],
    [
      'too great a quantity',
      event({ data: { value: '1000000000000000.1' } }),
      'quantity_out_of_range',
      '/0/data/value',
    ],
    ['too great a whole number', data('{"value":1000000000000001}'), 'quantity_out_of_range', '/0/data/value'],
    [
      'too fine a quantity',
      event({ data: { quantity: '0.0000000000001' } }),
      'quantity_out_of_range',
      '/0/data/quantity',
    ],
  ];
  test.each(faults)('%s', (_, bad, code, pointer) => {
    expect(fault(bad)).toEqual([code, pointer]);
  });

  test('time from 35 days back to 5 minutes ahead, both included', () => {
    const at = (time: string) => read([event({ time })]).events.length;
    expect(at('2026-02-03T12:00:00.000Z')).toBe(1);
    expect(at('2026-03-10T13:05:00.000+01:00')).toBe(1);
    expect(fault(event({ time: '2026-02-03T11:59:59.999Z' }))).toEqual(['time_out_of_window', '/0/time']);
    expect(fault(event({ time: '2026-03-10T12:05:00.001Z' }))).toEqual(['time_out_of_window', '/0/time']);
  });

  test('values as texts: whole numbers, booleans, the widest decimal, and fields sorted', () => {
    const sent = event({ data: { z: 9007199254740991, value: '-1000000000000000.000000000000', b: false, a: -7 } });
    const [stored] = read([sent]).events;
    expect(JSON.stringify(stored!.data)).toBe(
      '{"a":"-7","b":"false","value":"-1000000000000000.000000000000","z":"9007199254740991"}',
    );
    expect(read([event({ data: undefined })]).events[0]!.data).toEqual({});
  });
});
