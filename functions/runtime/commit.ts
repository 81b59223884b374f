/**
 * Commits an answer and publishes what it told. Contents first, then records and
 * outbox page in one transaction, then the queues, then the page is removed: a
 * crash between any two of these loses nothing, because the sweeper publishes what
 * stayed and every hearer bears hearing twice.
 */
import type { Answer } from '../step.ts';
import { messagesFor } from '../lane-message.ts';
import type { OutboxPage } from '../adapters/dynamodb/outbox-page.ts';
import type { World } from './world.ts';

/**
 * A record moved on between read and commit, or is there already; the step reads and
 * decides anew, and where it was itself that wrote, it finds its work done.
 */
export class VersionLost extends Error {
  override readonly name = 'VersionLost';
}

export const commit = async (world: World, { stage, write, tell }: Answer): Promise<void> => {
  for (const content of stage ?? []) await world.store.stage(content);
  const committed = await world.store.transact(write ?? [], tell ?? [], world.clock.now());
  if (committed.state === 'version_lost') throw new VersionLost(committed.records.join(', '));
  if (committed.page !== undefined) await publishSoon(world, committed.page);
};

/** What is committed is done, whether or not the queues take it now: the sweeper has the page. */
const publishSoon = async (world: World, page: OutboxPage): Promise<void> => {
  try {
    await publish(world, page);
  } catch (error) {
    world.log({ outcome: 'published later', page: page.sort, error: String(error) });
  }
};

export const publish = async (world: World, page: OutboxPage): Promise<void> => {
  await world.queues.send(page.events.flatMap(messagesFor));
  await world.store.removePage(page);
};
