/** What the port `usageLog` promises when its store fails: an outage or the truth, never a loss. */
import { afterEach, describe, expect, test } from 'vitest';
import { usageLog } from '#functions/adapters/dynamodb/usage-log.ts';
import { instant } from '#domain/time/instant.ts';
import type { StoreFaults } from '#local/dynamodb/faults.ts';
import { seededFaults } from '#local/dynamodb/faults.ts';
import { seededChance } from '#bench/usage-workload.ts';
import { readBack, startUsageLog, usageEvent } from './usage-log-at-hand.ts';

let at: Awaited<ReturnType<typeof startUsageLog>>;
const start = async (faults?: StoreFaults) => (at = await startUsageLog(faults));
afterEach(() => at.close());

const always = [instant('2026-03-08T00:00:00.000Z'), instant('2026-03-14T23:59:59.999Z')] as const;
const ids = (read: readonly { readonly event: { readonly id: string } }[]) => read.map(({ event }) => event.id).sort();

describe('when the store fails', () => {
  test('a store that never takes it is an outage, within the limits', async () => {
    let puts = 0;
    const { open, journal } = await start({
      before: (operation) => (operation === 'PutItem' && ++puts > 1 ? 'throttle' : undefined),
    });
    await expect(open().append([usageEvent()])).rejects.toMatchObject({ name: 'Outage' });
    expect(puts).toBe(1 + 8);
    expect(await journal()).toEqual([]);
  });

  test('a mistake of ours is not tried again', async () => {
    const { tableOf } = await start();
    await expect(usageLog({ ...tableOf(), table: 'absent' }).append([usageEvent()])).rejects.toMatchObject({
      name: 'Bug',
    });
  });

  test('a try again is stamped anew', async () => {
    let failed = false;
    const { open, clock, journal } = await start({
      before: (operation, input) => {
        if (operation !== 'PutItem' || failed || !JSON.stringify(input).includes('#J#')) return undefined;
        failed = true;
        clock.now += 2_000;
        return '5xx-before';
      },
    });
    await open().append([usageEvent()]);
    expect((await journal()).map(({ sk }) => sk.slice(0, 10))).toEqual(['120002.000']);
  });

  test('an answer that was lost leaves the same events twice, never none', async () => {
    let lost = false;
    const { open } = await start({
      before: (operation, input) => {
        if (operation !== 'PutItem' || lost || !JSON.stringify(input).includes('#J#')) return undefined;
        lost = true;
        return '5xx-after';
      },
    });
    const event = usageEvent();
    await open().append([event]);
    expect((await readBack(open(), ...always)).map((read) => read.event)).toEqual([event, event]);
  });

  test('whatever fails, what was acknowledged is read, and every subject has one number', async () => {
    const rates = {
      throttle: 0.05,
      conflict: 0.05,
      failBefore: 0.05,
      failAfter: 0.1,
      unprocessed: 0.1,
      onePerPage: 0.2,
    };
    const chance = seededChance(11);
    const faults = seededFaults(chance, rates);
    const { open, items } = await start({
      ...faults,
      before: (operation, input) =>
        ['CreateTable', 'Scan'].includes(operation) ? undefined : faults.before?.(operation, input),
    });
    const acknowledged: string[] = [];
    const logs = [open('L', 5), open('L', 6)];
    await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        const events = [usageEvent({ subject: `s-${i % 7}` }), usageEvent({ subject: `t-${i % 5}` })];
        const stored = await logs[i % 2]!.append(events).then(
          () => true,
          () => false,
        );
        if (stored) acknowledged.push(...events.map(({ id }) => id));
      }),
    );
    expect(acknowledged.length).toBeGreaterThan(50);
    const read = new Set(ids(await readBack(open(), ...always)));
    expect(acknowledged.filter((id) => !read.has(id))).toEqual([]);
    expect((await items()).filter(({ pk }) => pk.startsWith('L#PTN#'))).toHaveLength(12);
  });
});
