/** The port `books` on a store that gives little at a time: a read is whole, be a page one item and a batch answered in part (I6). */
import { afterEach, expect, test } from 'vitest';
import { create } from '#functions/handle.ts';
import { commit } from '#functions/runtime/commit.ts';
import { memoryWorld, type MemoryWorld } from '#test/world/memory-world.ts';

let world: MemoryWorld;
afterEach(() => world.close());

const subjects = Array.from({ length: 120 }, (_, i) => `sim-${String(1_000 + i)}`);
/** More than one batch of keys, and more than one transaction takes. */
const putPoints = async () => {
  for (let at = 0; at < subjects.length; at += 60)
    await commit(world, {
      write: subjects.slice(at, at + 60).map((subject) => create('point', { subject, assignments: [] })),
    });
};

test('keys that the store leaves unprocessed are asked for again, and absent ones are just absent', async () => {
  const leftOnce = new Set<string>();
  world = await memoryWorld({
    unprocessed: (_, __, subject) => {
      const key = JSON.stringify(subject);
      if (leftOnce.has(key)) return false;
      leftOnce.add(key);
      return leftOnce.size % 3 === 0;
    },
  });
  await putPoints();
  const found = await world.ports.books.getAll('point', [...subjects, 'sim-none']);
  expect(found.map(({ key }) => key)).toEqual(subjects);
  expect(leftOnce.size).toBe(121);
});

test('pages of one are drained: every record of a list, and an index page by page', async () => {
  world = await memoryWorld({ pageSize: () => 1 });
  await putPoints();
  const meters = ['calls', 'days', 'users'];
  const meter = (key: string) => ({ key, eventType: key, aggregation: 'count', unit: '' }) as const;
  await commit(world, { write: meters.map((key) => create('meter', meter(key))) });
  expect((await world.ports.books.list(['meter'], '')).map(({ key }) => key)).toEqual(meters);

  const first = await world.ports.books.index('point', { limit: 50 });
  expect(first.sorts).toEqual(subjects.slice(0, 50));
  const rest = await world.ports.books.index('point', { limit: 500, after: first.next ?? '' });
  expect(rest).toEqual({ sorts: subjects.slice(50), next: null });
});
