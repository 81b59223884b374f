/** The link in a bill as browsers, scanners and forgers use it, on the real adapter and the Stripe double. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { money } from '#domain/money/money.ts';
import { payToken } from '#domain/payments/pay-token.ts';
import { instant } from '#domain/time/instant.ts';
import type { RequestFault } from '#local/stripe/faults.ts';
import type { HttpResponse } from '#functions/http.ts';
import { finalInvoice, invoiceId, putOpenInvoice } from '#test/world/open-invoice.ts';
import { openPaymentsWorld, payLinkSecret, type PaymentsWorld } from '#test/world/payments-world.ts';
import { collectPayment } from '../collect-payment/collect-payment.ts';
import { openCheckout } from './open-checkout.ts';

const token = payToken(invoiceId, payLinkSecret);
let world: PaymentsWorld;
let strikes: RequestFault[];
beforeEach(async () => {
  strikes = [];
  world = await openPaymentsWorld(instant('2026-03-01T12:00:00.000Z'), { faults: { request: () => strikes.shift() } });
  putOpenInvoice(world, { state: 'none' });
});
afterEach(async () => {
  vi.useRealTimers();
  await world.close();
});

/** One request; `commits: false` is a process that died before its answer was committed. */
const ask = async (
  method: 'GET' | 'POST',
  { with: given = token, body = '', commits = true } = {},
): Promise<HttpResponse> => {
  const request = {
    method,
    path: `/pay/${given}`,
    headers: {},
    query: {},
    params: { token: given },
    body: Buffer.from(body),
  };
  const answer = await openCheckout(request, { books: world.books, payments: world.payments, now: world.now() });
  if (commits) world.commit(answer);
  return answer.respond;
};
/** POST as a browser does: a 307 is the same request to that address again. */
const press = async (body = ''): Promise<HttpResponse> => {
  const first = await ask('POST', { body });
  if (first.status !== 307) return first;
  expect(first.headers['location']).toBe(`/pay/${token}`);
  return ask('POST', { body });
};
const payOn = (page: HttpResponse) =>
  fetch(page.headers['location'] ?? '', {
    method: 'POST',
    body: new URLSearchParams({ payment_method: 'pm_card_visa' }),
    redirect: 'manual',
  });
const invoice = () => world.value('invoice', invoiceId);
const attempt = (n: number) => world.value('attempt', { invoice: invoiceId, n });
const charged = () => world.stripe.books().charges.filter(({ status }) => status === 'succeeded');

describe('GET', () => {
  it('shows what is owed and changes nothing, however often a scanner asks', async () => {
    for (let scans = 0; scans < 3; scans += 1) {
      const page = await ask('GET');
      expect(page.status).toBe(200);
      expect(page.body).toContain('CH-2026-000001');
      expect(page.body).toContain('123.45 USD');
      expect(page.body).toContain('2026-03-15');
      expect(page.body).toContain('<form method="post"><button>Pay now</button></form>');
    }
    expect([world.all('attempt'), invoice().attempts]).toEqual([[], 0]);
  });

  it('is a page whole in itself, kept by nobody', async () => {
    const { headers, body } = await ask('GET');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';/);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(body).not.toMatch(/<script|src=|href=|url\(/);
    expect(body).toMatch(/<html lang="en">.*<title>.*<main><h1>/s);
  });

  it('writes what others named as text', async () => {
    const { status } = invoice();
    if (status.state !== 'final') throw new Error('the invoice is final');
    world.put('invoice', { ...invoice(), status: { ...status, number: '<img onerror="x">&\'' } });
    expect((await ask('GET')).body).not.toContain('<img');
  });
});

describe('a token', () => {
  it.each([
    ['of another invoice', payToken(`${invoiceId}1`, payLinkSecret)],
    ['made with another secret', payToken(invoiceId, 'another secret of length')],
    ['changed in one place', `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`],
    ['cut', token.slice(0, -1)],
    [
      'with this invoice and another’s mac',
      `${invoiceId}.${payToken(`${invoiceId}1`, payLinkSecret).split('.')[1] ?? ''}`,
    ],
    ['that is an id', invoiceId],
    ['that is nothing', ''],
  ])('%s opens nothing and says no more than any other', async (_, forged) => {
    for (const method of ['GET', 'POST'] as const) {
      const page = await ask(method, { with: forged });
      expect(page).toEqual(await ask(method, { with: 'x' }));
      expect(page.status).toBe(404);
    }
    expect(world.all('attempt')).toEqual([]);
  });

  it('of a draft looks the same', async () => {
    world.put('invoice', { ...invoice(), status: { state: 'draft' } });
    expect(await ask('GET')).toEqual(await ask('GET', { with: 'x' }));
  });
});

describe('POST', () => {
  it('claims, then leads to a page of the provider over the invoice’s own amount', async () => {
    const page = await press('amount=1&currency=JPY&invoice=inv_2&customer=cus_2');
    expect(page.status).toBe(303);
    expect(attempt(1)).toMatchObject({ how: 'checkout', state: 'sent', intent: null, resumeOn: '2026-03-01' });
    expect((await payOn(page)).headers.get('location')).toBe(`https://pay.example/pay/${token}`);
    expect(charged()).toMatchObject([{ amount: 12_345, currency: 'usd', invoice: invoiceId }]);
    await world.pass(60);
    await world.run(collectPayment, { name: 'payment.unsettled', data: { invoice: invoiceId, attempt: 1 } });
    expect(invoice()).toMatchObject({ status: { state: 'paid' } });
    expect((await ask('GET')).body).toContain('is paid');
    expect((await press()).status).toBe(409);
    expect(charged()).toHaveLength(1);
  });

  it('pressed again leads to the same page', async () => {
    const [first, second, third] = [await press(), await press(), await press()];
    expect(new Set([first, second, third].map(({ headers }) => headers['location'])).size).toBe(1);
    expect(invoice().attempts).toBe(1);
  });

  it('cut off before the page is recorded, and pressed again minutes later, leads to the same page', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(world.now()) });
    await ask('POST');
    const lost = await ask('POST', { commits: false });
    await world.pass(7);
    vi.setSystemTime(Date.parse(world.now()));
    expect((await press()).headers['location']).toBe(lost.headers['location']);
  });

  it('after the page expired opens another', async () => {
    const first = await press();
    await world.pass(61);
    expect((await ask('POST')).status).toBe(307);
    expect(attempt(1).state).toBe('failed');
    const second = await press();
    expect([second.status, second.headers['location'] === first.headers['location'], invoice().attempts]).toEqual([
      303,
      false,
      2,
    ]);
  });

  it('after the money came but before we know opens no other page', async () => {
    await payOn(await press());
    const page = await press();
    expect(page.status).toBe(409);
    expect(page.body).toContain('under way');
    expect(invoice().attempts).toBe(1);
  });

  it('while a card is being charged says so and opens nothing', async () => {
    world.put('invoice', { ...invoice(), attempts: 1, openAttempt: 1 });
    world.put('attempt', {
      invoice: invoiceId,
      n: 1,
      amount: invoice().total,
      how: 'saved_card',
      claimedAt: world.now(),
      changedAt: world.now(),
      state: 'unknown',
      intent: 'pi_1',
    });
    expect((await press()).status).toBe(409);
    expect((await ask('GET')).body).toContain('under way');
    expect(invoice().attempts).toBe(1);
  });

  it('of a void invoice, from a page that is old, charges nothing', async () => {
    const { status } = invoice();
    if (status.state !== 'final') throw new Error('the invoice is final');
    world.put('invoice', { ...invoice(), status: { ...status, state: 'void', voidedAt: world.now() } });
    expect((await press()).status).toBe(409);
    expect((await ask('GET')).body).toContain('void');
    expect(world.all('attempt')).toEqual([]);
  });

  it('of less than can be charged says why', async () => {
    world.put('invoice', finalInvoice(money('0.20', 'USD')));
    expect((await ask('GET')).body).toContain('less than the 0.50 USD');
    expect((await press()).status).toBe(409);
  });

  it('while the provider is down claims once and asks the customer to try again', async () => {
    strikes = ['server_error_before'];
    const page = await press();
    expect([page.status, invoice().attempts]).toEqual([503, 1]);
    expect(page.body).toContain('You were not charged');
  });

  it('whose page was never learned is given up once it must have expired', async () => {
    await ask('POST');
    await world.pass(90);
    const unsettled = { name: 'payment.unsettled', data: { invoice: invoiceId, attempt: 1 } } as const;
    await world.run(collectPayment, unsettled);
    expect(attempt(1).state).toBe('claimed');
    await world.pass(30);
    await world.run(collectPayment, unsettled);
    expect(attempt(1).state).toBe('failed');
    expect(invoice()).toMatchObject({ openAttempt: null, nextAttemptOn: '2026-03-01' });
  });
});
