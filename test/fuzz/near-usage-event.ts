/**
 * Usage events in JSON for fuzzing: valid, one thing off, and hostile, around 2026-03-10T12:00Z.
 */
import * as fc from 'fast-check';

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '',
    '\ud800',
    '\u200b',
    '\u202e',
    '\u0000',
    '\u0085',
    '\u007f',
    '\\',
    '"',
    'e\u0301',
    '💶',
    '<script>',
    "'; --",
    '=1+1',
    '{{7*7}}',
    '$where',
  ),
  fc.integer({ min: 60, max: 260 }).map((length) => 'x'.repeat(length)),
);
const name = fc.oneof(
  { weight: 40, arbitrary: fc.stringMatching(/^[\w.-]{1,20}$/) },
  { weight: 1, arbitrary: hostileText },
);
const time = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .integer({ min: -36 * 86_400_000, max: 400_000 })
      .map((ms) => new Date(Date.UTC(2026, 2, 10, 12) + ms).toISOString()),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '2026-03-10T12:00:00Z',
      '2026-03-10T13:00:00.1234567+01:00',
      '2026-03-10t12:00:00z',
      '2026-02-30T00:00:00Z',
      'now',
    ),
  },
);
const quantity = fc.constantFrom(
  '1',
  '0',
  '-1',
  '-0',
  '007',
  '12.5',
  '12.50',
  '1e3',
  'NaN',
  '',
  'Infinity',
  '.5',
  '5.',
  '1000000000000000',
  '1000000000000001',
  '999999999999999.9',
  '0.000000000001',
  '0.0000000000001',
  '2251799813685247',
  '2251799813685248',
  '9'.repeat(40),
  '+1',
  ' 1',
  '1 ',
  '1\u0000',
);
/** Values as JSON text, since a JS value cannot hold 1.0, 1e400 or a key twice. */
const literal = fc.oneof(
  name.map((text) => JSON.stringify(text)),
  quantity.map((text) => JSON.stringify(text)),
  fc.integer().map(String),
  fc.constantFrom(
    'true',
    'false',
    'null',
    '{}',
    '[]',
    '1.0',
    '-0',
    '0',
    '00',
    '01',
    '-',
    '1e3',
    '1e400',
    '1E-2',
    '9007199254740991',
    '9007199254740992',
    '-9007199254740993',
    '999999999999999',
    '1234567890123456',
    'tru',
    '"\\u0041"',
    '"\\ud800"',
  ),
);
const fieldName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('quantity', 'value', 'region', 'plan', 'a', 'b', 'B', '1', '10', '9') },
  { weight: 1, arbitrary: fc.oneof(hostileText, fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString')) },
);
const blank = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom(' ', '\n', '\t\r\n ') },
);
const members = (pairs: fc.Arbitrary<readonly (readonly [string, string])[]>) =>
  fc
    .tuple(pairs, blank, blank)
    .map(
      ([list, before, after]) =>
        `{${list.map(([key, value]) => `${before}${key}${after}:${before}${value}`).join(`${after},`)}${after}}`,
    );
const goodField = fc.constantFrom(
  ['"quantity"', '"12.5"'],
  ['"value"', '-3'],
  ['"region"', '"eu"'],
  ['"a"', 'true'],
  ['"10"', '"x"'],
);
const field = fc.oneof(
  { weight: 4, arbitrary: goodField.map(([key = '', value = '']) => [key, value] as const) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fieldName.map((key) => JSON.stringify(key)),
      literal,
    ),
  },
);
const data = members(
  fc.oneof(
    { weight: 5, arbitrary: fc.uniqueArray(field, { maxLength: 5, selector: ([key]) => key }) },
    { weight: 1, arbitrary: fc.array(field, { maxLength: 5 }) },
  ),
);

const attributes = fc
  .tuple(name, name, name, name, time, data)
  .map(([id, source, type, subject, when, fields]): [string, string][] => [
    ['"id"', JSON.stringify(id)],
    ['"source"', JSON.stringify(source)],
    ['"type"', JSON.stringify(type)],
    ['"subject"', JSON.stringify(subject)],
    ['"time"', JSON.stringify(when)],
    ['"data"', fields],
  ]);
const oddAttribute = fc.tuple(
  fc.constantFrom(
    '"id"',
    '"time"',
    '"data"',
    '"specversion"',
    '"datacontenttype"',
    '"dataschema"',
    '"extra"',
    '"__proto__"',
    '"i\\u0064"',
    'id',
    '"id',
  ),
  fc.oneof(literal, fc.constantFrom('"1.0"', '"application/json"')),
);
/** The JSON text of an event: often one of ours, often wrong in one place, now and then in several. */
export const nearUsageEvent: fc.Arbitrary<string> = members(
  fc
    .tuple(
      attributes,
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(oddAttribute, { maxLength: 1 }) },
      ),
      fc.array(fc.nat(), { maxLength: 3 }),
      fc.nat({ max: 30 }),
    )
    .map(([usual, odd, swaps, missing]) => {
      const list = [...usual, ...odd].filter((_, i) => i !== missing);
      for (const swap of swaps) list.push(...list.splice(swap % list.length, 1));
      return list;
    }),
);
