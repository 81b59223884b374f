/** Numbers that JavaScript, JSON and decimals disagree about, as JSON numbers and as texts. */

/** A number as it stands in the JSON, where no JavaScript number would be written so. */
const asWritten = (text: string): unknown =>
  (JSON as unknown as { readonly rawJSON: (text: string) => unknown }).rawJSON(text);

const texts = [
  '-0',
  '-0.0',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '1e400',
  '-1e400',
  '1e-400',
  '1E5',
  '0.1',
  '1.0',
  '0.30000000000000004',
  `0.${'3'.repeat(400)}`,
  '9'.repeat(400),
  `1${'0'.repeat(308)}`,
  '2.2250738585072011e-308',
] as const;

export const oddNumbers: readonly unknown[] = [
  ...texts.map(asWritten),
  ...texts,
  'NaN',
  '-NaN',
  'Infinity',
  '-Infinity',
  '0x1F',
  '1_000',
  '1,5',
  '٣',
  '１',
  '²',
  '+1',
  '01',
  '1.',
  '.1',
  '1e',
  '',
];
