/** What the port `usageLog` promises, held against the adapter on the embedded DynamoDB: what is appended is read, whole and once numbered. */
import { afterEach, describe, expect, test } from 'vitest';
import { planShards } from '#functions/adapters/dynamodb/usage-layout.ts';
import { instant } from '#domain/time/instant.ts';
import { sha256 } from '#domain/sha256.ts';
import type { StoreFaults } from '#local/dynamodb/faults.ts';
import { seededChance } from '#bench/usage-workload.ts';
import { readBack, startUsageLog, usageEvent } from './usage-log-at-hand.ts';

let at: Awaited<ReturnType<typeof startUsageLog>>;
const start = async (faults?: StoreFaults) => (at = await startUsageLog(faults));
afterEach(() => at.close());

const always = [instant('2026-03-08T00:00:00.000Z'), instant('2026-03-14T23:59:59.999Z')] as const;
const ids = (read: readonly { readonly event: { readonly id: string } }[]) => read.map(({ event }) => event.id).sort();

describe('append and read', () => {
  test('what was appended comes back letter for letter, one item a request', async () => {
    const { open, journal } = await start();
    const events = [
      usageEvent({ data: { quantity: '12.50', region: 'eu' } }),
      usageEvent({ subject: 'zähler 💡', data: {}, time: instant('2026-02-04T00:00:00.001Z') }),
      usageEvent({ type: 'x/y', source: 'other', data: { value: '-0.000000000001', b: 'true' } }),
    ];
    await open().append(events);
    expect((await readBack(open(), ...always)).map(({ event }) => event)).toEqual(events);
    expect(await journal()).toMatchObject([
      {
        pk: 'L#J#2026-03-10#0',
        sk: expect.stringMatching(/^120000\.000#[0-9a-f]{8}$/) as string,
        ttl: String(Date.UTC(2026, 2, 10, 12) / 1000 + 400 * 86_400),
      },
    ]);
  });

  test('no events are no item', async () => {
    const { open, items } = await start();
    await open().append([]);
    expect(await items()).toEqual([]);
  });

  test('a request too great for one item is several, and read whole', async () => {
    const { open, journal } = await start();
    const chance = seededChance(3);
    const noise = () => Array.from({ length: 256 }, () => String.fromCharCode(33 + Math.floor(chance() * 90))).join('');
    const events = Array.from({ length: 800 }, () =>
      usageEvent({ data: Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, noise()])) }),
    );
    await open().append(events);
    const pieces = await journal();
    expect(pieces.length).toBeGreaterThan(1);
    for (const { bytes } of pieces) expect(bytes).toBeLessThanOrEqual(350 * 1024);
    expect(ids(await readBack(open(), ...always))).toEqual(events.map(({ id }) => id).sort());
  });

  test('every page is drained, be a page one item', async () => {
    const { open } = await start({ pageSize: () => 1 });
    const log = open();
    const events = Array.from({ length: 25 }, () => usageEvent());
    for (const event of events) await log.append([event]);
    expect(ids(await readBack(log, ...always))).toEqual(events.map(({ id }) => id).sort());
  });

  test('books do not see one another', async () => {
    const { open } = await start();
    await open('L').append([usageEvent()]);
    expect(await readBack(open('Tsand'), ...always)).toEqual([]);
    expect(await open('Tsand').numbersOf(['sim-1'])).toEqual(new Map());
  });
});

describe('the span of a read', () => {
  test('takes both its ends in, to the millisecond and over midnight', async () => {
    const { open, clock } = await start();
    const log = open();
    const arrivals = [
      '2026-03-10T00:00:00.000Z',
      '2026-03-10T23:59:59.998Z',
      '2026-03-10T23:59:59.999Z',
      '2026-03-11T00:00:00.000Z',
      '2026-03-11T00:00:00.001Z',
    ].map(instant);
    for (const arrival of arrivals) {
      clock.now = Date.parse(arrival);
      await log.append([usageEvent()]);
    }
    for (const [first, from] of arrivals.entries()) {
      for (const [last, until] of arrivals.entries()) {
        const read = (await readBack(log, from, until)).map(({ arrivedAt }) => arrivedAt);
        expect(read).toEqual(arrivals.slice(first, last + 1));
      }
    }
  });
});

describe('numbers of usage points', () => {
  test('twenty requests at once, in two processes, give each new subject one number', async () => {
    const { open, items } = await start();
    const subjects = Array.from({ length: 40 }, (_, i) => `sim-${i}`);
    const logs = [open('L', 1), open('L', 2)];
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => logs[i % 2]!.append(subjects.map((subject) => usageEvent({ subject })))),
    );
    const read = await readBack(open(), ...always);
    expect(read).toHaveLength(20 * 40);
    for (const subject of subjects) expect(read.filter(({ event }) => event.subject === subject)).toHaveLength(20);
    expect((await items()).filter(({ pk }) => pk.startsWith('L#PTN#'))).toHaveLength(40);
  });

  test('are found again by a new process, and looking creates none', async () => {
    const { open, items } = await start();
    await open().append([usageEvent({ subject: 'a' }), usageEvent({ subject: 'b' })]);
    const before = await items();
    const numbers = await open().numbersOf(['b', 'a', 'never seen', 'a']);
    expect([...numbers.keys()].sort()).toEqual(['a', 'b']);
    expect(await open().subjectsOf([...numbers.values(), 7])).toEqual(
      new Map([...numbers].map(([subject, number]) => [number, subject])),
    );
    expect(await items()).toEqual(before);
  });

  test('two subjects of one hash get numbers side by side, whoever comes first', async () => {
    const [one, two] = collidingSubjects();
    const { open } = await start();
    await Promise.all([
      open('L', 1).append([usageEvent({ subject: one }), usageEvent({ subject: two })]),
      open('L', 2).append([usageEvent({ subject: two })]),
    ]);
    const numbers = await open().numbersOf([one, two]);
    expect(Math.abs(numbers.get(one)! - numbers.get(two)!)).toBe(1);
    expect(Math.min(...numbers.values())).toBe(parseInt(sha256(one).slice(0, 8), 16));
    expect((await readBack(open(), ...always)).map(({ event }) => event.subject).sort()).toEqual(
      [one, two, two].sort(),
    );
  });
});

/** Two texts whose hashes begin with the same four bytes: by the birthday paradox, some 80,000 tries. */
const collidingSubjects = (): readonly [string, string] => {
  const seen = new Map<string, string>();
  for (let i = 0; ; i++) {
    const first = sha256(`point-${i}`).slice(0, 8);
    const other = seen.get(first);
    if (other !== undefined) return [other, `point-${i}`];
    seen.set(first, `point-${i}`);
  }
};

describe('the layout', () => {
  test('takes effect on the next day that is ten minutes away, and every shard is read', async () => {
    const { open, clock, tableOf, journal } = await start();
    clock.now = Date.UTC(2026, 2, 10, 23, 49, 59, 999);
    expect(await planShards(tableOf(), 4)).toBe('2026-03-11');
    clock.now += 1;
    expect(await planShards(tableOf(), 2)).toBe('2026-03-12');
    const log = open();
    const events = [10, 11, 12].flatMap((day) => Array.from({ length: 30 }, () => [day, usageEvent()] as const));
    for (const [day, event] of events) {
      clock.now = Date.UTC(2026, 2, day, 23, 55);
      await log.append([event]);
    }
    const partitions = (await journal()).map(({ pk }) => pk);
    const shards = (day: number) => new Set(partitions.filter((pk) => pk.startsWith(`L#J#2026-03-${day}`))).size;
    expect([10, 11, 12].map(shards)).toEqual([1, 4, 2]);
    expect(ids(await readBack(log, ...always))).toEqual(events.map(([, { id }]) => id).sort());
  });

  test('a writer sees a new layout within a minute', async () => {
    const { open, clock, tableOf, journal } = await start();
    const log = open();
    await log.append([usageEvent()]);
    await planShards(tableOf(), 8);
    clock.now = Date.UTC(2026, 2, 11, 0, 0, 0);
    for (let i = 0; i < 20; i++) await log.append([usageEvent()]);
    expect(new Set((await journal()).map(({ pk }) => pk)).size).toBeGreaterThan(4);
  });

  test('of two planners at once one is told to try again', async () => {
    const { tableOf } = await start();
    const plans = await Promise.allSettled([planShards(tableOf(), 2), planShards(tableOf(), 3)]);
    expect(plans.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
