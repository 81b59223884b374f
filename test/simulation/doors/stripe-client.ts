/**
 * The HTTP client stripe-node is given: each request is a door call to the Stripe
 * double in this same thread. A request the double leaves without an answer ends by
 * the library's own patience, in the scheduler's time; so does the one try more that
 * the library makes, under the same key, of a request whose connection was reset.
 */
import { Stripe } from 'stripe';
import type { RequestFault } from '#local/stripe/faults.ts';
import type { StripeReply } from '#local/stripe/api/door.ts';
import type { StripeDouble } from '#local/stripe/double.ts';
import type { Process } from '../engine/process.ts';

type Requesting = Parameters<Stripe.HttpClient['makeRequest']>;

const retriesAfterMs = 500;

/** `arm` sets the fault with which the double meets the request that comes next. */
export const stripeClient = (
  double: StripeDouble,
  arm: (fault: RequestFault | undefined) => void,
  process: Process,
): Stripe.HttpClient => {
  const asked = ([, , path, method, headers, body]: Requesting): Promise<StripeReply> => {
    const operation = `${method} ${(path.split('?')[0] ?? '').replace(/_[0-9A-Za-z]{10,}/g, '_…')}`;
    return process.call<StripeReply>('stripe', operation, (fault) => {
      arm(fault as RequestFault | undefined);
      return double.handle({ method, path, headers: lowerCased(headers), body });
    });
  };
  return {
    getClientName: () => 'simulation',
    makeRequest: async (...request: Requesting) => {
      let reply = await asked(request);
      if (reply.kind === 'reset') {
        await process.pause(retriesAfterMs);
        reply = await asked(request);
      }
      if (reply.kind === 'silence') {
        await process.pause(request[7]);
        throw Stripe.HttpClient.makeTimeoutError();
      }
      // Not `ECONNRESET`, at which the library itself would wait, by the machine's clock, and try again.
      if (reply.kind === 'reset') throw Object.assign(new Error('the connection was reset'), { code: 'RESET_TWICE' });
      return new Answer(reply);
    },
  };
};

const lowerCased = (headers: object): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

class Answer extends Stripe.HttpClientResponse {
  readonly #reply: StripeReply & { readonly kind: 'answer' };
  constructor(reply: StripeReply & { readonly kind: 'answer' }) {
    super(reply.status, reply.headers);
    this.#reply = reply;
  }
  override getRawResponse(): unknown {
    return this.#reply;
  }
  override toStream(): never {
    throw new Error('nothing here is streamed');
  }
  override toJSON(): Promise<unknown> {
    return Promise.resolve(JSON.parse(this.#reply.body));
  }
}
