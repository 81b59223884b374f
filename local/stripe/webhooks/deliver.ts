/**
 * Delivers events to our endpoint: signed with the shared clock, at least once,
 * in no promised order. What is not answered with a 2xx within ten seconds is
 * sent again with growing gaps for three days of the clock, then given up: as at
 * Stripe only the events list tells of it after that.
 */
import { type Account, DAY } from '../account/account.ts';
import type { DueWork, Work } from '../account/kinds.ts';
import { signatureHeader } from './signature.ts';

const MINUTE = 60_000;
const GAPS_MINUTES = [5, 30, 120, 300, 600];
const LATER_GAP_MINUTES = 720;
const GIVEN_UP_AFTER = 3 * DAY;
const PATIENCE_MS = 10_000;

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Webhook {
  /** Asked at every delivery; undefined while there is no endpoint yet, which counts as an attempt that failed. */
  readonly url: () => string | undefined;
  readonly secret: string;
  /** Answers the endpoint's status; throws where it gave none. HTTP unless given. */
  readonly send?: (request: WebhookRequest) => Promise<number>;
}

const sendOverHttp = async ({ url, headers, body }: WebhookRequest): Promise<number> => {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
  await response.arrayBuffer();
  return response.status;
};

const wasTaken = async (webhook: Webhook, body: string, atSeconds: number): Promise<boolean> => {
  const url = webhook.url();
  if (url === undefined) return false;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    'stripe-signature': signatureHeader(body, atSeconds, webhook.secret),
  };
  try {
    const status = await (webhook.send ?? sendOverHttp)({ url, headers, body });
    return status >= 200 && status < 300;
  } catch {
    // An endpoint that is away, resets or is too slow: all the same to the sender.
    return false;
  }
};

/** One attempt. Removes its due work and leaves a later one where the endpoint did not take it. */
export const deliverWebhook = async (
  account: Account,
  webhook: Webhook,
  due: DueWork,
  work: Work & { name: 'deliver_webhook' },
): Promise<void> => {
  const event = account.store.get('event', work.event);
  if (event === undefined) {
    // The clock jumped past the days an event is kept.
    account.store.remove('due_work', due.id);
    account.store.commit();
    return;
  }
  const taken = await wasTaken(webhook, JSON.stringify(event), account.created());
  // From here on nothing waits: the change set is this attempt's alone.
  account.store.remove('due_work', due.id);
  const gap = (GAPS_MINUTES[work.attempt - 1] ?? LATER_GAP_MINUTES) * MINUTE;
  if (taken) account.store.put('event', { ...event, pending_webhooks: 0 });
  else if (account.now() + gap <= work.firstAt + GIVEN_UP_AFTER)
    account.schedule(gap, { ...work, attempt: work.attempt + 1 });
  account.store.commit();
};
