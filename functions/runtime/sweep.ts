/** Publishes what a crash left between commit and publish: outbox pages older than a minute. */
import { Outage } from '#domain/outage.ts';
import { addMs, epochMs } from '#domain/time/instant.ts';
import { toldAtMs } from '../adapters/dynamodb/outbox-page.ts';
import { publish } from './commit.ts';
import type { World } from './world.ts';

/** Younger pages are still in the hands of whoever committed them. */
const ageMs = 60_000;

export const sweep = async (world: World): Promise<undefined> => {
  const now = world.clock.now();
  const pages = await world.store.pagesBefore(addMs(now, -ageMs));
  if (pages.length === 0) return undefined;
  // Said before publishing, so that an alarm hears of pages that cannot be published.
  const oldestMs = epochMs(now) - Math.min(...pages.map(toldAtMs));
  world.log({ step: 'sweep-outbox', pages: pages.length, oldestPageSeconds: Math.round(oldestMs / 1000) });
  const stuck: unknown[] = [];
  for (const page of pages) {
    // One page that cannot be published keeps no other from it.
    await publish(world, page).catch((error: unknown) => stuck.push(error));
  }
  if (stuck.length > 0) throw new Outage(`${String(stuck.length)} outbox pages wait still`, { cause: stuck[0] });
  return undefined;
};
