/** What the runtime promises of an answer: all of it or nothing, published though a crash comes between, and once. */
import { afterEach, describe, expect, it } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { change, create } from '#functions/handle.ts';
import { commit, VersionLost } from '#functions/runtime/commit.ts';
import { rereading, runEach, runOutside, runPlain } from '#functions/runtime/run-step.ts';
import { sweep } from '#functions/runtime/sweep.ts';
import { Outage } from '#domain/outage.ts';
import { memoryWorld, type MemoryWorld } from '#test/world/memory-world.ts';

const head = { night: '2026-01-01', run: 'run_2026-01-01', open: true } as never;
const entity = (key: string, name = 'Ours') => ({ key, name, addressLines: [], numberPrefix: 'CH' });
const closed = { name: 'run.closed', data: { run: 'run_2026-01-01' } } as const;

let world: MemoryWorld;
afterEach(() => world.close());

describe('an answer', () => {
  it('is written and told', async () => {
    world = await memoryWorld();
    await commit(world, { write: [create('runHead', head)], tell: [closed] });
    expect((await world.ports.books.get('runHead', 'head'))?.value).toEqual(head);
    expect(world.sent.map(({ lane, body }) => [lane, body.step])).toEqual([['billing', 'open-billing-run']]);
    expect(await world.store.pagesBefore(instant('2027-01-01T00:00:00.000Z'))).toEqual([]);
  });

  it('is written whole or not at all', async () => {
    world = await memoryWorld();
    await commit(world, { write: [create('billingEntity', entity('a'))] });
    const both = {
      write: [create('billingEntity', entity('b')), create('billingEntity', entity('a', 'Another'))],
      tell: [closed],
    };
    await expect(commit(world, both)).rejects.toThrow(VersionLost);
    expect(await world.ports.books.get('billingEntity', 'b')).toBeUndefined();
    expect(world.sent).toEqual([]);
  });

  it('made again is not given twice: its records are there, and the step is to look', async () => {
    world = await memoryWorld();
    const answer = { write: [create('billingEntity', entity('a'))], tell: [closed] };
    await commit(world, answer);
    await expect(commit(world, answer)).rejects.toThrow(VersionLost);
    expect(world.sent).toHaveLength(1);
  });

  it('changes only what is still as it was read', async () => {
    world = await memoryWorld();
    await commit(world, { write: [create('billingEntity', entity('a'))] });
    const seen = (await world.ports.books.get('billingEntity', 'a'))!;
    await commit(world, { write: [change(seen, entity('a', 'First'))] });
    await expect(commit(world, { write: [change(seen, entity('a', 'Second'))] })).rejects.toThrow(VersionLost);
    expect((await world.ports.books.get('billingEntity', 'a'))?.value.name).toBe('First');
  });

  it('that a crash cut off before publishing is published by the sweeper, with the same ids', async () => {
    world = await memoryWorld();
    const cutOff = {
      ...world,
      queues: { ...world.queues, send: () => Promise.reject(new Outage('no queue answers')) },
    };
    await commit(cutOff, { tell: [closed] });
    expect(world.sent).toEqual([]);
    await sweep(world);
    expect(world.sent).toEqual([]); // younger than a minute: still in the hands of whoever committed it
    world.moveTo(instant('2026-01-01T00:05:00.000Z'));
    await sweep(world);
    await sweep(world);
    expect(world.sent).toHaveLength(1);
  });
});

describe('the store answering badly', () => {
  it.each(['conflict', 'throttle', '5xx-before', '5xx-after'] as const)(
    '%s, twice: the transaction happens once',
    async (fault) => {
      let faults = 0;
      world = await memoryWorld({
        before: (operation) => (operation === 'TransactWriteItems' && faults++ < 2 ? fault : undefined),
      });
      await commit(world, { write: [create('billingEntity', entity('a'))], tell: [closed] });
      expect((await world.ports.books.get('billingEntity', 'a'))?.version).toBe(1);
      expect(world.sent).toHaveLength(1);
    },
  );

  it('for good is an outage', async () => {
    world = await memoryWorld({
      before: (operation) => (operation === 'TransactWriteItems' ? '5xx-before' : undefined),
    });
    await expect(commit(world, { write: [create('billingEntity', entity('a'))] })).rejects.toThrow(Outage);
  });
});

describe('a step', () => {
  it('reads and decides again when somebody wrote first', async () => {
    world = await memoryWorld();
    await commit(world, { write: [create('billingEntity', entity('a', ''))] });
    let runs = 0;
    await runPlain(
      world,
      async () => {
        const seen = (await world.ports.books.get('billingEntity', 'a'))!;
        if (runs++ === 0) await commit(world, { write: [change(seen, entity('a', 'theirs '))] });
        return { write: [change(seen, entity('a', `${seen.value.name}and ours`))] };
      },
      {},
    );
    expect((await world.ports.books.get('billingEntity', 'a'))?.value.name).toBe('theirs and ours');
  });

  it('gives up as an outage when the record never holds still', async () => {
    world = await memoryWorld();
    await expect(rereading(() => Promise.reject(new VersionLost('moving')))).rejects.toThrow(Outage);
  });

  it('of kind each parks the item that throws and answers the others', async () => {
    world = await memoryWorld();
    let told: unknown;
    await runEach(
      world,
      {
        nameOf: String,
        items: () => Promise.resolve(['a', 'poison', 'b']),
        answer: (item: string) =>
          item === 'poison'
            ? Promise.reject(new TypeError('bad data'))
            : Promise.resolve({ write: [create('billingEntity', entity(item))], result: item }),
        close: (_: unknown, outcomes: unknown) => {
          told = outcomes;
          return Promise.resolve({});
        },
      } as never,
      {},
    );
    expect(told).toEqual([
      { item: 'a', state: 'done', result: 'a' },
      { item: 'poison', state: 'parked', because: 'TypeError: bad data' },
      { item: 'b', state: 'done', result: 'b' },
    ]);
  });

  it('of kind each lets an outage go up, for it is nobody’s fault', async () => {
    world = await memoryWorld();
    const step = {
      items: () => Promise.resolve(['a']),
      answer: () => Promise.reject(new Outage('no store')),
      close: () => Promise.resolve({}),
    };
    await expect(runEach(world, step as never, {})).rejects.toThrow(Outage);
  });

  it('of kind outside acts only after its claim is committed, and not on a claim another run made', async () => {
    world = await memoryWorld();
    const seen: string[] = [];
    const claim = async () => {
      const stands = await world.ports.books.get('billingEntity', 'claim');
      return stands === undefined ? { write: [create('billingEntity', entity('claim'))], call: 'charge' } : {};
    };
    const step = {
      claim,
      act: async () => {
        seen.push((await world.ports.books.get('billingEntity', 'claim')) === undefined ? 'acted unclaimed' : 'acted');
        return 'ok';
      },
      record: () => Promise.resolve({}),
    };
    await Promise.all([runOutside(world, step as never, {}), runOutside(world, step as never, {})]);
    expect(seen).toEqual(['acted']);
  });
});
