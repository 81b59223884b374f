/** The walk over schemas: what it draws is taken, by every address there is, and what it cannot walk stops it. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { chance } from '#test/simulation/engine/chance.ts';
import { targets } from '../requests/targets.ts';
import { drawValue } from './draw-value.ts';
import { edgesOf } from './edges-of.ts';
import { editedAt, placesIn } from './places-in.ts';

const random = () => chance(1, 'a test');

describe('a value', () => {
  it.each(targets.flatMap(({ name, body }) => (body === undefined ? [] : [[name, body] as const])))(
    'of the body of %s is drawn, is taken, and differs from the next',
    (_, body) => {
      const drawing = random();
      const drawn = Array.from({ length: 20 }, () => drawValue(body, drawing));
      expect(drawn.filter((value) => !z.safeParse(body, value).success)).toEqual([]);
      const isOneValue = body._zod.def.type === 'object' && JSON.stringify(drawn[0]) === '{"kind":"nightly"}';
      expect(new Set(drawn.map((value) => JSON.stringify(value))).size).toBeGreaterThan(isOneValue ? 0 : 5);
    },
  );

  it.each<readonly [string, z.ZodType]>([
    ['a kind of schema', z.object({ at: z.date() })],
    ['a format of text', z.uuid()],
    ['a check of a text', z.string().startsWith('x')],
    ['a check of a list', z.array(z.boolean()).length(2)],
    ['a check of a number', z.int().multipleOf(3)],
    ['a kind of number', z.number()],
    [
      'a refinement that chance never meets',
      z.string().refine((text) => text === 'a very long and quite particular text'),
    ],
  ])('of %s that is not known stops the fuzz', (_, schema) => {
    expect(() => drawValue(schema, random())).toThrow();
  });
});

describe('the places of a value', () => {
  const schema = z.strictObject({
    name: z.string().min(2).max(3),
    tiers: z.array(z.discriminatedUnion('is', [z.strictObject({ is: z.literal('a'), n: z.int().min(1).optional() })])),
    tags: z.record(z.string(), z.string().nullable()).optional(),
  });
  const value = { name: 'abc', tiers: [{ is: 'a', n: 4 }], tags: { x: null } };

  it('are all of them, with what they stand under', () => {
    const places = placesIn(schema, value);
    expect(places.map(({ path }) => path.join('/'))).toEqual([
      '',
      'name',
      'tiers',
      'tiers/0',
      'tiers/0/is',
      'tiers/0/n',
      'tags',
      'tags/x',
    ]);
    expect(places.filter(({ isOptional }) => isOptional).map(({ path }) => path.join('/'))).toEqual([
      'tiers/0/n',
      'tags',
      'tags/x',
    ]);
  });

  it('are edited one at a time', () => {
    expect(editedAt(value, ['tiers', 0, 'n'], () => 5)).toEqual({ ...value, tiers: [{ is: 'a', n: 5 }] });
    expect(editedAt(value, ['tags'], () => undefined)).toEqual({ name: 'abc', tiers: value.tiers });
  });

  it('have edges on both sides of each bound', () => {
    const lengths = edgesOf(schema.shape.name, random()).map((text) => String(text).length);
    expect(lengths).toEqual(expect.arrayContaining([1, 2, 3, 4]));
    expect(edgesOf(z.int().min(1).max(9), random())).toEqual([0, 1, 2, 8, 9, 10, 1.5]);
    const lists = edgesOf(z.array(z.boolean()).min(2).max(5), random());
    expect(lists.map((list) => (list as readonly boolean[]).length)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
