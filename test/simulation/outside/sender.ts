/**
 * Whoever calls our API: sends a request again, blindly, until it is answered; at times
 * sends it twice at once, or hangs up and does not hear the answer. What it hears it
 * keeps in its own list, which is held against the books.
 */
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import type { Answered, Request } from '../cloud/http.ts';
import type { Served } from '../cloud/fleet.ts';
import type { SimulatedCloud } from '../cloud/simulated-cloud.ts';
import type { Faults } from '../engine/faults.ts';
import { Died } from '../engine/process.ts';
import { type Promises, promises } from './promises.ts';

export interface Sender {
  readonly told: Promises;
  readonly acknowledged: Promises['acknowledged'];
  /** Answers that are our mistake, whatever was sent. */
  readonly mistakes: readonly string[];
  /** A request to the API under one idempotency key, however often it takes. */
  post(path: string, body: unknown, key: string): Promise<Answered>;
  patch(path: string, body: unknown): Promise<Answered>;
  use(events: readonly UsageEvent[]): Promise<void>;
  /** One request, sent again until it is answered. */
  untilAnswered(served: Served, request: Request): Promise<Answered>;
}

const mostTries = 60;
const longestPauseMs = 20 * 60_000;

export const sender = (cloud: SimulatedCloud, faults: Faults): Sender => {
  const told = promises();
  const mistakes: string[] = [];
  const authorization = `Bearer ${cloud.apiKey}`;

  const once = async (served: Served, request: Request): Promise<Answered | undefined> => {
    try {
      const answer = await cloud.request(served, request);
      if (answer.status === 500) mistakes.push(`${request.method} ${request.path}: ${answer.body}`);
      return answer.status >= 500 || faults.strikes('client.hangs-up') ? undefined : answer;
    } catch (error) {
      if (error instanceof Died) return undefined;
      throw error;
    }
  };

  const untilAnswered = async (served: Served, request: Request): Promise<Answered> => {
    for (let tries = 1; ; tries += 1) {
      if (request.method !== 'GET' && faults.strikes('client.posts-twice')) void once(served, request);
      const answer = await once(served, request);
      if (answer !== undefined) return answer;
      if (tries === mostTries) throw new Error(`${request.method} ${request.path} was never answered`);
      await cloud.scheduler.sleep(Math.min(longestPauseMs, 500 * 2 ** tries));
    }
  };

  const sent = (method: 'POST' | 'PATCH', path: string, body: unknown, more: Readonly<Record<string, string>> = {}) =>
    untilAnswered('api', { method, path, body: JSON.stringify(body), headers: { authorization, ...more } });

  return {
    told,
    acknowledged: told.acknowledged,
    mistakes,
    untilAnswered,
    post: (path, body, key) => sent('POST', path, body, { 'idempotency-key': key }),
    patch: (path, body) => sent('PATCH', path, body),
    use: async (events) => {
      const sentMs = cloud.scheduler.now();
      const answer = await untilAnswered('usage', {
        method: 'POST',
        path: '/v1/events',
        body: JSON.stringify(events),
        headers: { authorization },
        door: { route: 'POST /v1/events' },
      });
      told.hearUsage(events, answer, sentMs, cloud.scheduler.now());
    },
  };
};
