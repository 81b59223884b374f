/** Addresses and headers that are off: paths that lead elsewhere, queries nobody takes, keys that are none. */
import { below, pick } from '#test/simulation/engine/chance.ts';
import { askedOf } from './draft.ts';
import { canary, hostileTexts } from './hostile-values.ts';
import type { Make } from './odd-bodies.ts';

const segments = [
  '%00',
  '..',
  '../..',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '%',
  '%zz',
  '%E0%A4%A',
  '%ud800',
  'x'.repeat(5_000),
  '%F0%9F%92%B6',
  '💶',
  '\u202e',
  '..%5c..%5c',
  '%252e%252e',
  '{id}',
  '*',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  "' OR 1=1 --",
  '$ne',
  '<script>',
  'L%23C%23cus_1',
  'cus_00000000000000000000',
  'inv_00000000000000000000_1_0',
  'run_9999-99-99',
  '-1',
  '0',
  ' ',
  '%20',
  ';',
  '#',
] as const;

/** In the place of a name in the path, or behind the path. */
export const oddPath: Make = (draft, sender, random) => {
  const asked = askedOf(draft, sender, 'anything');
  const segment = pick(random, segments);
  const named = draft.target.template.includes('{');
  const path = named
    ? draft.target.template.replace(/\{\w+\}/, () => segment)
    : pick(random, [`${asked.path}/${segment}`, `/${asked.path}`, `${asked.path}/`, asked.path.toUpperCase(), segment]);
  return { ...asked, path };
};

const queryNames = [
  'limit',
  'cursor',
  'customer',
  'status',
  'externalId',
  'subject',
  'reason',
  '__proto__',
  'constructor',
  '',
  'x'.repeat(3_000),
  '💶',
] as const;
const queryTexts = [...hostileTexts, '1,2', '0', '101', '01', '1.0', '1e1', '٣', ' 20'];

export const oddQuery: Make = (draft, sender, random) => {
  const asked = askedOf(draft, sender, 'anything');
  const odd = Array.from({ length: 1 + below(random, 3) }, () => [
    pick(random, queryNames),
    queryTexts[below(random, queryTexts.length)] ?? '',
  ]);
  return { ...asked, query: Object.fromEntries([...Object.entries(asked.query), ...odd]) as Record<string, string> };
};

const keys = (apiKey: string): readonly string[] => [
  '',
  'Bearer ',
  'Bearer ch_live_0000000000000000_',
  `Bearer ch_live_${'0'.repeat(16)}_${'A'.repeat(43)}`,
  `Bearer ${apiKey.slice(0, -1)}`,
  `Bearer ${apiKey}x`,
  `Bearer ${apiKey.toUpperCase()}`,
  `bearer ${apiKey}`,
  `Bearer  ${apiKey}`,
  `Basic ${Buffer.from(apiKey).toString('base64')}`,
  `Bearer ${apiKey}, Bearer ${apiKey}`,
  apiKey,
  'Bearer __proto__',
  `Bearer ${'x'.repeat(10_000)}`,
  `Bearer ${canary}`,
  'Bearer \u0000',
];

/** None of these opens anything. */
export const oddAuthorization: Make = (draft, sender, random) => {
  if (draft.target.scope === 'open') return undefined;
  const asked = askedOf(draft, sender, 'refused');
  const some = keys(sender.apiKey);
  return { ...asked, headers: { ...asked.headers, authorization: some[below(random, some.length)] ?? '' } };
};

const headerTexts = [
  '',
  ' ',
  'x'.repeat(255),
  'x'.repeat(256),
  '💶',
  '\u0000',
  'a\r\nb: c',
  '__proto__',
  '"1.1"',
  '*',
  'W/"1.1"',
  ...hostileTexts,
];

export const oddHeader: Make = (draft, sender, random) => {
  const asked = askedOf(draft, sender, 'anything');
  const name = pick(random, [
    'idempotency-key',
    'Idempotency-Key',
    'if-match',
    'x-forwarded-for',
    'accept',
    'stripe-signature',
    'x-http-method-override',
    '__proto__',
  ]);
  return { ...asked, headers: { ...asked.headers, [name]: headerTexts[below(random, headerTexts.length)] ?? '' } };
};

export const otherMethod: Make = (draft, sender, random) => {
  const method = pick(random, [
    'PUT',
    'DELETE',
    'PATCH',
    'HEAD',
    'OPTIONS',
    'GET',
    'POST',
    'TRACE',
    '',
    'get',
    '__proto__',
  ]);
  return method === draft.target.method ? undefined : { ...askedOf(draft, sender, 'anything'), method };
};
