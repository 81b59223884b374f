/**
 * Every route that writes, fed with requests next to good ones and with text that is
 * hardly JSON: never a 5xx, never a write on a 4xx, never what was sent in the answer,
 * and never a refusal of what is good.
 */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currencies } from '#domain/money/currency.ts';
import { exampleOf, type Schemas } from '#functions/api/documentation/json-schema.ts';
import { openApi } from '#functions/api/documentation/openapi.ts';
import { routes } from '#functions/api/routes.ts';
import { type ApiWorld, apiWorld, type Sent } from './api-world.ts';
import { acme, calls, starter } from './samples.ts';
import { canary, hostileNames, hostileTexts, hostileValues } from './hostile-values.ts';

let api: ApiWorld;
let ids: Readonly<Record<string, string>>;
beforeAll(async () => {
  api = await apiWorld();
  await api.post('/v1/meters', calls);
  await api.post('/v1/plans', starter);
  const { body: customer } = await api.post('/v1/customers', acme);
  const { body: key } = await api.post('/v1/api-keys', { name: 'unused', scopes: ['read'] });
  ids = {
    '/v1/plans/{key}/versions': 'starter',
    '/v1/customers/{id}': String(customer.id),
    '/v1/api-keys/{id}/revoke': String(key.id),
  };
});
afterAll(() => api.close());

type Json = unknown;
type Path = readonly (string | number)[];
const document = openApi(routes);
const writing = routes
  .filter(({ method }) => method !== 'GET')
  .map(({ method, path }) => {
    const described = document.paths?.[path]?.[method.toLowerCase() as 'post'] as {
      requestBody?: { content: Record<string, { schema: object }> };
    };
    const schema = described.requestBody?.content['application/json']?.schema;
    return {
      method,
      path,
      example: schema === undefined ? {} : exampleOf(schema, document.components?.schemas as Schemas),
    };
  });

const pathsIn = (value: Json, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? [
        path,
        ...Object.entries(value).flatMap(([name, member]) =>
          pathsIn(member, [...path, Array.isArray(value) ? Number(name) : name]),
        ),
      ]
    : [path];

/** The value with what is at the path put through `edit`; undefined leaves it out. */
const edited = (value: Json, [first, ...rest]: Path, edit: (at: Json) => Json): Json => {
  if (first === undefined) return edit(value);
  const copy = structuredClone(value) as Record<string | number, Json>;
  copy[first] = edited(copy[first], rest, edit);
  return copy;
};

/** Own members whatever they are called. */
const withMember = (value: Json, name: string, member: Json): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries([...Object.entries(value), [name, member]])
    : member;

const nearlyGood = fc.constantFrom(...writing).chain(({ method, path, example }) =>
  fc
    .tuple(
      fc.array(fc.constantFrom(...pathsIn(example)), { minLength: 1, maxLength: 2 }),
      fc.constantFrom<unknown>(...hostileValues),
      fc.constantFrom(...hostileNames),
      fc.constantFrom('replace', 'remove', 'add', 'repeat'),
      fc.option(fc.constantFrom('k', 'x'.repeat(255), ...hostileTexts.filter((text) => !/[\r\n\0]/.test(text)))),
    )
    .map(([paths, value, name, how, key]) => {
      const edit = (at: Json): Json =>
        how === 'replace'
          ? value
          : how === 'remove'
            ? undefined
            : how === 'add'
              ? withMember(at, name, value)
              : [at, at];
      const body = paths.reduce<Json>(
        (whole, at) => (pathsIn(whole).some((known) => String(known) === String(at)) ? edited(whole, at, edit) : whole),
        example,
      );
      return {
        method,
        path,
        sent: {
          text: body === undefined ? '' : JSON.stringify(body),
          headers: key === null ? {} : { 'idempotency-key': key },
        },
      };
    }),
);

const hardlyJson = fc.constantFrom(...writing).chain(({ method, path, example }) => {
  const text = JSON.stringify(example);
  return fc
    .tuple(
      fc.nat(text.length),
      fc.nat(4),
      fc.constantFrom(
        '',
        '"',
        '\\',
        '{',
        ']',
        ',',
        '\\ud800',
        '\u0000',
        '1e999',
        '"__proto__":{},',
        '"key":1,',
        '\ufeff',
      ),
    )
    .map(([at, cut, insert]) => ({ method, path, sent: { text: text.slice(0, at) + insert + text.slice(at + cut) } }));
});

const holds = async ({ method, path, sent }: { method: string; path: string; sent: Sent }): Promise<void> => {
  const before = api.writes();
  const { status, text } = await api.call(method, path.replace(/\{\w+\}/, ids[path] ?? ''), sent);
  expect(status).toBeLessThan(500);
  if (status >= 400) {
    expect(api.writes()).toBe(before);
    expect(text).not.toContain(canary);
    expect(text).not.toMatch(/\bat \w+.*\.ts:\d+/);
  }
};

describe('whatever is sent', () => {
  it(
    'next to a good request is answered or refused',
    () => fc.assert(fc.asyncProperty(nearlyGood, holds), { numRuns: 1_500 }),
    120_000,
  );
  it(
    'hardly as JSON is answered or refused',
    () => fc.assert(fc.asyncProperty(hardlyJson, holds), { numRuns: 700 }),
    60_000,
  );
  it(
    'as any JSON at all is answered or refused',
    () =>
      fc.assert(
        fc.asyncProperty(fc.constantFrom(...writing), fc.json(), ({ method, path }, text) =>
          holds({ method, path, sent: { text } }),
        ),
        { numRuns: 300 },
      ),
    60_000,
  );
  it('in a query is answered or refused', () => {
    const lists = routes
      .filter(({ method, operation }) => method === 'GET' && operation.query !== undefined)
      .map(({ path }) => path);
    const name = fc.constantFrom('limit', 'cursor', 'customer', 'status', 'externalId', 'subject', 'reason', 'other');
    const value = fc.oneof(fc.constantFrom(...hostileTexts.filter((text) => text.isWellFormed())), fc.string());
    const one = ([path, key, text]: readonly [string, string, string]) =>
      holds({ method: 'GET', path: `${path}?${key}=${encodeURIComponent(text)}`, sent: {} });
    return fc.assert(fc.asyncProperty(fc.tuple(fc.constantFrom(...lists), name, value), one), { numRuns: 300 });
  }, 60_000);
});

describe('what is good is taken', () => {
  let made = 0;
  const label = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .filter((text) => /\S/.test(text) && !/\p{Cc}|\p{Zl}|\p{Zp}/u.test(text) && text.isWellFormed());
  const amount = fc
    .tuple(fc.bigInt(0n, 10n ** 12n), fc.nat(12))
    .map(([digits, places]) => (places === 0 ? String(digits) : `${String(digits)}.${'1'.repeat(places)}`));

  it('of customers', () =>
    fc.assert(
      fc.asyncProperty(
        label,
        fc.constantFrom(...currencies),
        fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/St_Johns'),
        fc.nat(365),
        label,
        async (name, currency, timezone, netTermsDays, city) => {
          const body = {
            ...acme,
            externalId: `good-${String((made += 1))} ${name}`.slice(0, 120).toWellFormed(),
            name,
            currency,
            timezone,
            netTermsDays,
            address: { city },
          };
          expect(await api.post('/v1/customers', body)).toMatchObject({
            status: 201,
            body: { name: name.normalize('NFC'), currency },
          });
        },
      ),
      { numRuns: 60 },
    ));

  it('of plans', () =>
    fc.assert(
      fc.asyncProperty(fc.array(amount, { minLength: 1, maxLength: 8 }), label, async (amounts, name) => {
        const tiers = amounts.map((unitPrice, i) => ({
          unitPrice,
          ...(i === amounts.length - 1 ? {} : { upTo: String(i + 1) }),
        }));
        const body = {
          ...starter,
          key: `good-${String((made += 1))}`,
          name,
          prices: [{ ...starter.prices[1], tiers }],
        };
        expect((await api.post('/v1/plans', body)).status).toBe(201);
      }),
      { numRuns: 60 },
    ));
});
