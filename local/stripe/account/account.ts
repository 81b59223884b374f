/**
 * The Stripe account whose money and objects these are: its rows, its clock, and
 * the two things every operation does besides changing rows: telling the world
 * (`emit`) and leaving something for later (`schedule`). Operations are plain
 * functions over an account; the door commits or discards what they did.
 */
import { noSuch } from '../api/errors.ts';
import type { Faults } from '../faults.ts';
import { newEvent } from '../objects/event.ts';
import type { Kinds, ShownKind, Work } from './kinds.ts';
import type { Store } from './store.ts';

/** The version of the API whose shapes these are; a request that names another is refused. */
export const API_VERSION = '2026-10-28.endive';

export const DAY = 86_400_000;

export interface Account {
  readonly store: Store;
  /** Epoch milliseconds of the shared clock. */
  now(): number;
  /** Epoch seconds, as Stripe writes every instant. */
  created(): number;
  mintId(prefix: string): string;
  /** Where the hosted pages are. */
  publicUrl(): string;
  /** The row, or Stripe's 404. */
  find<K extends ShownKind>(kind: K, id: string, param?: string): Kinds[K];
  emit(type: string, object: object): void;
  schedule(afterMs: number, work: Work): void;
  /** Whose request the events of this change set belong to; neither where no one asked. */
  asker: { requestId: string | null; idempotencyKey: string | null };
}

export interface AccountOptions {
  readonly store: Store;
  readonly now: () => number;
  /** At least 0 and below 1. */
  readonly random: () => number;
  readonly publicUrl: () => string;
  readonly hasWebhook: boolean;
  readonly faults: Faults;
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const openAccount = ({ store, now, random, publicUrl, hasWebhook, faults }: AccountOptions): Account => {
  const created = () => Math.floor(now() / 1000);
  const letter = () => ALPHABET.charAt(Math.floor(random() * ALPHABET.length));
  const times = (store.get('opening', 'opening')?.times ?? 0) + 1;
  store.put('opening', { id: 'opening', times });
  store.commit();
  const mintId = (prefix: string) => `${prefix}_${times}${Array.from({ length: 23 }, letter).join('')}`;
  const schedule = (afterMs: number, work: Work) =>
    store.put('due_work', { id: mintId('due'), at: now() + afterMs, work });

  const account: Account = {
    store,
    now,
    created,
    mintId,
    publicUrl,
    schedule,
    find: (kind, id, param) => store.get(kind, id) ?? noSuch(kind, id, param),
    emit: (type, object) => {
      const event = newEvent({
        id: mintId('evt'),
        created: created(),
        apiVersion: API_VERSION,
        type,
        object: structuredClone(object),
        ...account.asker,
        pendingWebhooks: hasWebhook ? 1 : 0,
      });
      store.put('event', event);
      if (!hasWebhook) return;
      const fate = faults.webhook?.(event) ?? { copies: 1, delayMs: 0 };
      for (let copy = 0; copy < fate.copies; copy += 1)
        schedule(fate.delayMs, { name: 'deliver_webhook', event: event.id, attempt: 1, firstAt: now() + fate.delayMs });
    },
    asker: { requestId: null, idempotencyKey: null },
  };
  return account;
};
