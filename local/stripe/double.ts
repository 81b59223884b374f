/**
 * A stateful double of Stripe with its own books: what the local cloud, the tests
 * and the simulator talk to in place of api.stripe.com. It keeps Stripe's shapes,
 * states, amounts, idempotency and signed webhooks for the part of the API billing
 * needs, and refuses loudly every operation and parameter it does not know. Its
 * amounts are JSON numbers because Stripe's are.
 */
import { openAccount } from './account/account.ts';
import { openStore } from './account/store.ts';
import { openDoor, type DoorOptions, type StripeReply, type StripeRequest } from './api/door.ts';
import { type Books, readBooks } from './books.ts';
import { type DueWorks, openDueWorks } from './due-work.ts';
import type { Faults } from './faults.ts';
import type { Dispute } from './objects/dispute.ts';
import type { Payout } from './objects/payout.ts';
import { openPage } from './pages.ts';
import { authenticateIntent } from './payments/attempt.ts';
import { completeAuthenticated } from './payments/checkout.ts';
import { closeDispute, openDispute } from './payments/dispute.ts';
import { failPayout, payOutAvailable } from './payments/payout.ts';
import { authenticateSetup } from './payments/setup.ts';
import type { Webhook } from './webhooks/deliver.ts';

export interface StripeDoubleOptions extends Partial<Pick<DoorOptions, 'pause' | 'watch'>> {
  /** Epoch milliseconds of a clock that may be moved, forward or back. */
  readonly now: () => number;
  /** Where its state survives a killed process; in memory only where left out. */
  readonly file?: string;
  /** No webhooks are sent where left out. */
  readonly webhook?: Webhook;
  readonly faults?: Faults;
  /** At least 0, below 1: the source of ids. */
  readonly random?: () => number;
  /** Runs what is due by itself, looking at the clock twenty times a second. */
  readonly autorun?: boolean;
}

export interface StripeDouble extends DueWorks {
  /** The API under `/v1/`, the hosted pages under `/c/`. */
  handle(request: StripeRequest): Promise<StripeReply>;
  books(): Books;
  /** Where hosted pages say they are; `serveStripe` sets it. */
  setPublicUrl(url: string): void;
  /** The customer's bank disputes a charge: all it still holds, or `amount`. */
  dispute(charge: string, options?: { reason?: string; amount?: number }): Dispute;
  closeDispute(dispute: string, result: 'won' | 'lost'): Dispute;
  /** Sends everything available, one automatic payout a currency. */
  payOut(): Payout[];
  failPayout(payout: string): Payout;
  /** What the customer did about an intent (`pi_…` or `seti_…`) that required action. */
  authenticate(intent: string, result: 'approve' | 'refuse'): void;
  /** Sends an event once more, as the dashboard's resend does. */
  resend(event: string): void;
  /** Waits for the delivery under way, if any. */
  close(): Promise<void>;
}

const LOOKS_EVERY_MS = 50;

export const createStripeDouble = (options: StripeDoubleOptions): StripeDouble => {
  const { now, file, webhook, faults = {}, random = Math.random, autorun = false, pause, watch } = options;
  const store = openStore(file);
  let publicUrl = 'https://checkout.stripe.example';
  const account = openAccount({
    ...{ store, now, random, faults },
    publicUrl: () => publicUrl,
    hasWebhook: webhook !== undefined,
  });
  const works = openDueWorks(account, webhook);
  const door = openDoor(account, { faults, pause, watch });

  const changing = <Value>(change: () => Value): Value => {
    try {
      const value = change();
      store.commit();
      return value;
    } catch (error) {
      store.discard();
      throw error;
    }
  };

  const look = () => {
    const next = works.nextDueAt();
    if (next !== undefined && next <= now()) void works.runDue();
  };
  const timer = autorun ? setInterval(look, LOOKS_EVERY_MS).unref() : undefined;

  return {
    nextDueAt: () => works.nextDueAt(),
    runDue: () => works.runDue(),
    pending: () => works.pending(),
    handle: async (request) => (request.path.startsWith('/c/') ? openPage(account, request) : door(request)),
    books: () => readBooks(account),
    setPublicUrl: (url) => void (publicUrl = url),
    dispute: (charge, { reason = 'fraudulent', amount } = {}) =>
      changing(() => openDispute(account, charge, reason, amount)),
    closeDispute: (dispute, result) => changing(() => closeDispute(account, dispute, result)),
    payOut: () => changing(() => payOutAvailable(account)),
    failPayout: (payout) => changing(() => failPayout(account, payout)),
    authenticate: (intent, result) =>
      changing(() => {
        if (intent.startsWith('seti_')) authenticateSetup(account, intent, result === 'approve');
        else authenticateIntent(account, intent, result === 'approve');
        completeAuthenticated(account, intent);
      }),
    resend: (event) =>
      changing(() =>
        account.schedule(0, {
          name: 'deliver_webhook',
          event: account.find('event', event).id,
          attempt: 1,
          firstAt: now(),
        }),
      ),
    close: async () => {
      clearInterval(timer);
      await works.stop();
      store.close();
    },
  };
};
