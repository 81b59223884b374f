/** Every forged variant is refused and writes nothing; what is Stripe's is kept once (S6). */
import { createHmac } from 'node:crypto';
import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { epochMs, instant } from '#domain/time/instant.ts';
import { domainEvents } from '#events/domain-events.ts';
import { stripePayments } from '#functions/adapters/stripe/stripe-payments.ts';
import { memoryBooks } from '#test/world/payments-world.ts';
import { receiveStripeWebhook } from './receive-stripe-webhook.ts';

const now = instant('2026-03-01T12:00:00.000Z');
const seconds = epochMs(now) / 1000;
const payments = stripePayments({
  secretKey: 'sk_test_1',
  webhookSecrets: ['whsec_new', 'whsec_old'],
  payLinkSecret: 'a secret for payment links',
  publicUrl: 'https://pay.example',
});

const event = (changed: object = {}) =>
  JSON.stringify(
    {
      id: 'evt_1',
      object: 'event',
      type: 'payment_intent.succeeded',
      livemode: false,
      data: { object: { id: 'pi_1', object: 'payment_intent' } },
      ...changed,
    },
    null,
    2,
  );
const mac = (body: string | Uint8Array, t: number | string, secret: string) =>
  createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex');
const sign = (body: string, at = seconds, secret = 'whsec_new') => `t=${at},v1=${mac(body, at, secret)}`;

const post = async (books: ReturnType<typeof memoryBooks>, body: string | Uint8Array, signature?: string) => {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const request = {
    method: 'POST',
    path: '/webhooks/stripe',
    query: {},
    params: {},
    body: bytes,
    headers: signature === undefined ? {} : { 'stripe-signature': signature },
  };
  const answer = await receiveStripeWebhook(request, { books: books.books, payments, now });
  books.commit(answer);
  return answer.respond;
};

describe('a webhook of Stripe’s', () => {
  it('is recorded and told', async () => {
    const books = memoryBooks();
    expect((await post(books, event(), sign(event()))).status).toBe(200);
    expect(books.all('stripeEvent')).toEqual([
      { id: 'evt_1', type: 'payment_intent.succeeded', object: 'pi_1', receivedAt: now, state: 'received' },
    ]);
    expect(books.told).toEqual([{ name: 'stripe.event_received', data: { event: 'evt_1' } }]);
  });

  it('is answered 200 when it comes again, and changes nothing', async () => {
    const books = memoryBooks();
    await post(books, event(), sign(event()));
    expect((await post(books, event(), sign(event(), seconds + 60))).status).toBe(200);
    expect([books.all('stripeEvent').length, books.told.length]).toEqual([1, 1]);
  });

  it('with an id as long as Stripe says its own may grow is told under it', async () => {
    const books = memoryBooks();
    const id = `evt_${'1'.repeat(251)}`;
    const body = event({ id });
    expect((await post(books, body, sign(body))).status).toBe(200);
    expect(books.told.map(({ name, data }) => domainEvents[name].safeParse(data).success)).toEqual([true]);
  });

  it('of a kind that settles nothing is kept and told to nobody', async () => {
    const books = memoryBooks();
    const body = event({ type: 'customer.updated' });
    await post(books, body, sign(body));
    expect(books.all('stripeEvent')).toMatchObject([{ state: 'ignored' }]);
    expect(books.told).toEqual([]);
  });

  const other = event({ description: 'Ünïcödé ☃\r\n' });
  const body = event();
  it.each([
    [
      'made by Stripe’s own library',
      body,
      new Stripe('sk_test_1').webhooks.generateTestHeaderString({
        payload: body,
        secret: 'whsec_new',
        timestamp: seconds,
      }),
    ],
    ['under the older of two secrets', body, sign(body, seconds, 'whsec_old')],
    [
      'with several signatures, one of them ours',
      body,
      `t=${seconds},v1=${'0'.repeat(64)},v0=xyz,v1=${mac(body, seconds, 'whsec_new')}`,
    ],
    ['300 seconds old', body, sign(body, seconds - 300)],
    ['300 seconds ahead', body, sign(body, seconds + 300)],
    ['with other letters and line ends', other, sign(other)],
  ])('%s', async (_, sent, signature) => {
    expect((await post(memoryBooks(), sent, signature)).status).toBe(200);
  });
});

describe('what is not Stripe’s', () => {
  const body = event();
  const good = mac(body, seconds, 'whsec_new');
  const live = event({ livemode: true });
  const broken = event({ data: { object: { id: 'pi_\ud800' } } });
  const oddType = event({ type: 'payment_intent.\udc00' });
  it.each<readonly [string, string | Uint8Array, string | undefined]>([
    ['no signature', body, undefined],
    ['an empty one', body, ''],
    ['no time', body, `v1=${good}`],
    ['no v1', body, `t=${seconds},v0=${good}`],
    ['two times', body, `t=${seconds},t=${seconds},v1=${good}`],
    ['a time that is no number', body, `t=now,v1=${good}`],
    ['a negative time', body, sign(body, -seconds)],
    ['301 seconds old', body, sign(body, seconds - 301)],
    ['301 seconds ahead', body, sign(body, seconds + 301)],
    ['a day ahead, which Stripe’s library takes', body, sign(body, seconds + 86_400)],
    ['three days old', body, sign(body, seconds - 3 * 86_400)],
    ['another secret', body, sign(body, seconds, 'whsec_other')],
    ['an empty secret', body, sign(body, seconds, '')],
    ['another time than was signed', body, `t=${seconds + 1},v1=${good}`],
    ['a body changed by one letter', body.replace('pi_1', 'pi_2'), `t=${seconds},v1=${good}`],
    ['a body written anew', JSON.stringify(JSON.parse(body)), `t=${seconds},v1=${good}`],
    [
      'a body with a mark before it',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(body)]),
      `t=${seconds},v1=${good}`,
    ],
    ['an empty body', '', `t=${seconds},v1=${good}`],
    ['a cut signature', body, `t=${seconds},v1=${good.slice(0, 63)}`],
    ['a signature in capitals', body, `t=${seconds},v1=${good.toUpperCase()}`],
    ['signed bytes that are no JSON', '{', sign('{')],
    ['a signed event of no known form', '{}', sign('{}')],
    ['a live event to a test key', live, sign(live)],
    ['an event of an object whose id no record can hold', broken, sign(broken)],
    ['an event of a type that no record can hold', oddType, sign(oddType)],
  ])('%s', async (_, sent, signature) => {
    const books = memoryBooks();
    const respond = await post(books, sent, signature);
    expect([respond.status, JSON.parse(String(respond.body))]).toEqual([
      400,
      expect.objectContaining({ code: 'webhook_signature_invalid' }),
    ]);
    expect([books.all('stripeEvent'), books.told]).toEqual([[], []]);
  });
});
