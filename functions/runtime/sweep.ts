/** Publishes what a crash left between commit and publish: outbox pages older than a minute. */
import { addMs } from '#domain/time/instant.ts';
import { publish } from './commit.ts';
import type { World } from './world.ts';

/** Younger pages are still in the hands of whoever committed them. */
const ageMs = 60_000;

export const sweep = async (world: World): Promise<undefined> => {
  for (const page of await world.store.pagesBefore(addMs(world.clock.now(), -ageMs))) await publish(world, page);
  return undefined;
};
