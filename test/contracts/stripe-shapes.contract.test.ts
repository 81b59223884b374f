/**
 * An independent judge of the double's shapes: every object and event it makes is
 * written down as `const x: Stripe.PaymentIntent = {…}` and compiled against
 * stripe-node's own types, missing and unknown fields both being errors. One
 * object is spoiled on purpose and must not compile.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, refusal, stripeAtHand, type StripeAtHand } from './stripe-at-hand.ts';

const TYPES = {
  customers: 'Customer',
  payment_intents: 'PaymentIntent',
  setup_intents: 'SetupIntent',
  charges: 'Charge',
  refunds: 'Refund',
  disputes: 'Dispute',
  balance_transactions: 'BalanceTransaction',
  payouts: 'Payout',
  'checkout/sessions': 'Checkout.Session',
  events: 'Event',
} as const;

const nodeModules = fileURLToPath(new URL('../../node_modules', import.meta.url));
let hand: StripeAtHand;
let folder: string;

beforeAll(async () => {
  hand = await stripeAtHand();
  // Below node_modules, so that `stripe` is found from there.
  folder = await mkdtemp(join(nodeModules, '.stripe-shapes-'));
});
afterAll(async () => {
  await hand.close();
  await rm(folder, { recursive: true });
});

const raw = async (path: string): Promise<Record<string, unknown>> => {
  const response = await fetch(`${hand.url}/v1/${path}`, { headers: { authorization: 'Bearer sk_test_shapes' } });
  return (await response.json()) as Record<string, unknown>;
};

/** Everything that can happen to a payment, so that every field takes each of its forms. */
const liveThroughEverything = async (): Promise<string[]> => {
  const { stripe, double } = hand;
  const customer = (await stripe.customers.create({ name: 'Ada', address: { line1: '1 Main St', country: 'GB' } })).id;
  const pay = (payment_method: string, currency = 'usd') =>
    stripe.paymentIntents.create({
      amount: 5_000,
      currency,
      customer,
      payment_method,
      confirm: true,
      off_session: true,
    });
  const attached = async (token: string) => (await stripe.paymentMethods.attach(token, { customer })).id;
  const methods = await Promise.all(
    ['pm_card_visa', 'pm_card_chargeCustomerFail', 'pm_card_authenticationRequired', 'pm_card_refundFail'].map(
      attached,
    ),
  );
  const [visa = '', failing = '', asking = '', refundFailing = ''] = methods;
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: visa } });
  const paid = await pay(visa);
  const disputed = await pay(visa);
  await refusal(pay(failing));
  await refusal(pay(asking));
  const here = { customer, payment_method: asking, confirm: true };
  const redirected = { ...here, amount: 5_000, currency: 'usd', return_url: 'https://example.com/back' };
  await stripe.paymentIntents.create(redirected);
  double.authenticate((await stripe.paymentIntents.create(redirected)).id, 'refuse');
  double.authenticate((await stripe.paymentIntents.create(redirected)).id, 'approve');
  await stripe.setupIntents.create({ ...here, allowed_payment_method_types: ['card'] });
  await refusal(stripe.setupIntents.create({ customer, payment_method: 'pm_card_chargeDeclined', confirm: true }));
  await stripe.setupIntents.cancel((await stripe.setupIntents.create({ customer })).id);
  await stripe.paymentIntents.cancel((await stripe.paymentIntents.create({ amount: 500, currency: 'usd' })).id);
  const debits = await Promise.all(
    ['pm_usBankAccount_success', 'pm_usBankAccount_insufficientFunds', 'pm_usBankAccount_processing'].map(attached),
  );
  const [debit = ''] = await Promise.all(debits.map(async (method) => (await pay(method)).id));
  const iban = await stripe.paymentMethods.create({
    type: 'sepa_debit',
    sepa_debit: { iban: 'DE35370400440532013002' },
    billing_details: { name: 'Ada', email: 'ada@example.com' },
  });
  await pay((await stripe.paymentMethods.attach(iban.id, { customer })).id, 'eur');
  const item = { quantity: 2, price_data: { currency: 'usd', unit_amount: 700, product_data: { name: 'Usage' } } };
  const page = { success_url: 'https://example.com/done', cancel_url: 'https://example.com/back' };
  const bought = await stripe.checkout.sessions.create({ mode: 'payment', customer, line_items: [item], ...page });
  await fetch(bought.url ?? '', {
    method: 'POST',
    body: new URLSearchParams({ payment_method: 'pm_card_visa' }),
    redirect: 'manual',
  });
  await stripe.checkout.sessions.create({ mode: 'setup', customer, currency: 'usd', ...page });
  await stripe.checkout.sessions.create({
    mode: 'payment',
    customer_email: 'ada@example.com',
    line_items: [item],
    ...page,
  });
  await hand.pass(5 * DAY);
  await stripe.refunds.create({ payment_intent: paid.id, amount: 100, reason: 'requested_by_customer' });
  await stripe.refunds.create({ payment_intent: (await pay(refundFailing)).id });
  await stripe.refunds.create({ payment_intent: debit });
  double.closeDispute(double.dispute(disputed.latest_charge as string).id, 'won');
  const [first] = double.payOut();
  await hand.pass(5 * DAY);
  double.payOut();
  double.failPayout(first?.id ?? '');
  const gone = await stripe.customers.create({});
  await stripe.customers.del(gone.id);
  await stripe.paymentMethods.detach(visa);
  return [...methods, ...debits, iban.id];
};

const declared = (name: string, type: string, value: unknown): string =>
  `const ${name}: Stripe.${type} = ${JSON.stringify(value, null, 1)};\nvoid ${name};\n`;

const compile = (file: string): Promise<string> =>
  new Promise((done) => {
    const options = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--types',
      'node',
      '--skipLibCheck',
    ];
    // An exit other than 0 is a judgement, told by the output.
    execFile(join(nodeModules, '.bin', 'tsc'), [...options, file], (_, output) => done(output));
  });

test('every object and event has the shape stripe-node expects', { timeout: 60_000 }, async () => {
  const methods = await liveThroughEverything();
  const lines = ["import type Stripe from 'stripe';\n"];
  const seen = new Map<string, number>();
  const declare = (type: string, value: unknown) => {
    const count = (seen.get(type) ?? 0) + 1;
    seen.set(type, count);
    lines.push(declared(`${type.replace(/\W/g, '')}${count}`, type, value));
  };
  for (const [path, type] of Object.entries(TYPES)) {
    const { data } = (await raw(`${path}?limit=100`)) as { data: object[] };
    expect(data.length, path).toBeGreaterThan(0);
    for (const value of data) declare(type, value);
  }
  for (const id of methods) declare('PaymentMethod', await raw(`payment_methods/${id}`));
  declare('Balance', await raw('balance'));
  const expand = 'expand[]=data.latest_charge.balance_transaction&expand[]=data.customer&expand[]=data.payment_method';
  declare(
    'ApiList<Stripe.PaymentIntent>'.slice(0, 7) + '<Stripe.PaymentIntent>',
    await raw(`payment_intents?limit=100&${expand}`),
  );

  const { livemode: _, ...spoiled } = await raw('balance');
  lines.push('// @ts-expect-error: a field is missing\n' + declared('missing', 'Balance', spoiled));
  lines.push(
    '// @ts-expect-error: a field is unknown\n' +
      `export const extra: Stripe.Balance = ${JSON.stringify(await raw('balance')).replace('{', '{ stray: 1,')};\n`,
  );

  const file = join(folder, 'shapes.mts');
  await writeFile(file, lines.join('\n'));
  expect(await compile(file)).toBe('');
  expect(seen.get('Event')).toBeGreaterThan(50);
});
