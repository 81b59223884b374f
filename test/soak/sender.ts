/**
 * Whoever calls our API: sends a request again until it is answered, and waits longer
 * each time nobody answers. Rounds are asked for one by one; when a round is over no
 * request is under way, which is when the clock may leap. It keeps its own list of the
 * usage it was told we have, which the audit holds against the log.
 */
import { usageBodyHash } from '#domain/audit/distinct-bodies.ts';
import type { Acknowledged } from '#domain/audit/snapshot.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';

interface Sending {
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly usage: number;
  readonly heard: (status: number, answer: string) => void;
  tries: number;
}

export interface Sender {
  readonly acknowledged: readonly Acknowledged[];
  /** Answers that are our mistake, whatever was sent. */
  readonly mistakes: readonly string[];
  /** Usage events sent again for want of an answer. */
  readonly resent: () => number;
  /** Requests that are not answered yet. */
  readonly waiting: () => number;
  /** To be sent from the next round on, under one idempotency key. */
  readonly post: (path: string, body: object, key: string, heard?: (made: string) => void) => void;
  readonly patch: (path: string, body: object) => void;
  readonly use: (events: readonly UsageEvent[]) => void;
  /** Sends what waits; after rounds without an answer not every one does. */
  readonly round: () => Promise<void>;
}

const sideBySide = 6;
const longestWaitRounds = 2;
/** Longer than the platform works on any request. */
const timeoutMs = 30_000;

export const sender = (url: string, apiKey: string): Sender => {
  const acknowledged: Acknowledged[] = [];
  const mistakes: string[] = [];
  const waiting: Sending[] = [];
  let resent = 0;
  let rounds = 0;
  let unanswered = 0;
  let silentUntil = 0;

  const answered = async (sending: Sending): Promise<boolean> => {
    if (sending.tries > 0) resent += sending.usage;
    sending.tries += 1;
    try {
      const { method, path, body, headers } = sending;
      const response = await fetch(`${url}${path}`, {
        ...{ method, body, signal: AbortSignal.timeout(timeoutMs) },
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers },
      });
      const answer = await response.text();
      // What says 503 asks us to come again; a 500 is a bug, and we come again all the same.
      if (response.status === 500) mistakes.push(`${method} ${path}: ${answer}`);
      if (response.status >= 500) return false;
      if (response.status >= 400) mistakes.push(`${method} ${path}: ${String(response.status)} ${answer}`);
      sending.heard(response.status, answer);
      return true;
    } catch {
      return false;
    }
  };

  const round = async (): Promise<void> => {
    rounds += 1;
    if (rounds < silentUntil) return;
    const now = waiting.splice(0);
    const left: Sending[] = [];
    const send = async () => {
      for (let sending = now.shift(); sending !== undefined; sending = now.shift()) {
        // Where one got no answer, the others need not try.
        if (left.length === 0 && (await answered(sending))) continue;
        left.push(sending);
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, send));
    waiting.unshift(...left);
    const isAway = left.length > 0;
    unanswered = isAway ? unanswered + 1 : 0;
    silentUntil = isAway ? rounds + Math.min(longestWaitRounds, 2 ** (unanswered - 1)) : 0;
  };

  const add = (sending: Omit<Sending, 'tries' | 'headers' | 'usage' | 'heard'> & Partial<Sending>) => {
    waiting.push({ headers: {}, usage: 0, heard: () => undefined, tries: 0, ...sending });
  };

  return {
    acknowledged,
    mistakes,
    resent: () => resent,
    waiting: () => waiting.length,
    post: (path, body, key, heard = () => undefined) => {
      const headers = { 'idempotency-key': key };
      add({
        ...{ method: 'POST', path, headers, body: JSON.stringify(body) },
        heard: (status, answer) => {
          if (status < 300) heard(answer);
        },
      });
    },
    patch: (path, body) => {
      add({ method: 'PATCH', path, body: JSON.stringify(body) });
    },
    use: (events) => {
      add({
        ...{ method: 'POST', path: '/v1/events', body: JSON.stringify(events), usage: events.length },
        heard: (status, answer) => {
          if (status !== 202) return;
          const { rejected } = JSON.parse(answer) as { readonly rejected: readonly { readonly index: number }[] };
          const refused = new Set(rejected.map(({ index }) => index));
          for (const [index, event] of events.entries())
            if (!refused.has(index))
              acknowledged.push({ id: event.id, source: event.source, bodyHash: usageBodyHash(event) });
        },
      });
    },
    round,
  };
};
