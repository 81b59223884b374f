/**
 * Everything a lane needs to run its steps: the ports, and the means to commit and
 * publish what they answer. Opened once a process, from the environment in
 * production and from the local cloud's own parts on one machine.
 */
import type { Instant } from '#domain/time/instant.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import type { OutboxPage } from '../adapters/dynamodb/outbox-page.ts';
import type { Committed } from '../adapters/dynamodb/transact.ts';
import type { Queues } from '../adapters/sqs/queues.ts';
import type { Write } from '../handle.ts';
import type { Ports } from '../ports.ts';

export interface World {
  readonly clock: { now(): Instant };
  /** Ports are opened when first used, so a lane without the right to one never asks for it. */
  readonly ports: Ports;
  readonly store: {
    stage(content: unknown): Promise<string>;
    transact(writes: readonly Write[], tells: readonly DomainEvent[], now: Instant): Promise<Committed>;
    removePage(page: OutboxPage): Promise<void>;
    pagesBefore(before: Instant): Promise<readonly OutboxPage[]>;
  };
  readonly queues: Queues;
  /** Keys the hashes of API keys; a secret of the deployment that is not in the table. */
  readonly apiKeyPepper: string;
  readonly log: Log;
}

/** One JSON line an event of ours, of fields that are allowed to be seen. */
export type Log = (entry: Readonly<Record<string, string | number | boolean | undefined>>) => void;
