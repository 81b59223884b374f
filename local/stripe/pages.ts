/**
 * The hosted pages on loopback: Checkout's, where a customer picks one of the test
 * payment methods, and the bank's, where a payment is approved or refused. Plain
 * forms without a script; a browser test or `fetch` can post them as well:
 * `POST /c/pay/cs_…` with `payment_method=pm_card_visa`, `POST /c/authenticate/pi_…`
 * with `result=approve` or `refuse`.
 */
import type { Account } from './account/account.ts';
import type { StripeReply, StripeRequest } from './api/door.ts';
import { StripeAnswersError } from './api/errors.ts';
import { parseForm } from './api/form.ts';
import type { CheckoutSession } from './objects/checkout-session.ts';
import { authenticateIntent } from './payments/attempt.ts';
import { completeAuthenticated, paySession } from './payments/checkout.ts';
import { authenticateSetup } from './payments/setup.ts';

const OFFERED: Readonly<Record<string, string>> = {
  pm_card_visa: 'Visa 4242, pays',
  pm_card_chargeDeclined: 'Visa 0002, is declined',
  pm_card_chargeCustomerFail: 'Visa 0341, can be saved but declines every charge',
  pm_card_authenticationRequired: 'Visa 3184, asks its bank',
  pm_usBankAccount_success: 'US bank account, pays after days (USD)',
  pm_usBankAccount_insufficientFunds: 'US bank account, fails after days (USD)',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const html = (status: number, title: string, content: string): StripeReply => ({
  kind: 'answer',
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  },
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem}button{display:block;width:100%;margin:.5rem 0;padding:.7rem;font:inherit;text-align:left}</style>
<h1>${title}</h1>${content}</html>`,
});

const redirect = (location: string): StripeReply => ({ kind: 'answer', status: 303, headers: { location }, body: '' });

const successUrl = ({ success_url, id }: CheckoutSession): string =>
  success_url.replaceAll('{CHECKOUT_SESSION_ID}', id);

const checkoutPage = (session: CheckoutSession, status = 200, problem = ''): StripeReply => {
  if (session.status !== 'open') return html(410, 'Test checkout', `<p>This page is ${session.status}.</p>`);
  const { amount_total: amount, currency } = session;
  const buttons = Object.entries(OFFERED).map(
    ([token, label]) => `<button name="payment_method" value="${token}">${label}</button>`,
  );
  const back = session.cancel_url === null ? '' : `<p><a href="${escaped(session.cancel_url)}">Go back</a></p>`;
  return html(
    status,
    'Test checkout',
    `${problem && `<p role="alert">${escaped(problem)}</p>`}
<p>${amount === null ? 'Save a payment method' : `Pay ${amount} minor units of ${currency ?? ''}`}. No money moves here.</p>
<form method="post">${buttons.join('')}</form>${back}`,
  );
};

const pay = (account: Account, id: string, body: string): StripeReply => {
  const { payment_method } = parseForm(body);
  if (typeof payment_method !== 'string')
    return checkoutPage(account.find('checkout.session', id), 400, 'Pick a payment method.');
  const session = paySession(account, id, payment_method);
  return session.status === 'complete'
    ? redirect(successUrl(session))
    : redirect(`/c/authenticate/${session.payment_intent ?? session.setup_intent ?? ''}`);
};

const authenticate = (account: Account, id: string, body: string): StripeReply => {
  const agreed = parseForm(body)['result'] === 'approve';
  const intent = id.startsWith('seti_') ? account.find('setup_intent', id) : account.find('payment_intent', id);
  const action = intent.next_action;
  if (intent.object === 'setup_intent') authenticateSetup(account, id, agreed);
  else authenticateIntent(account, id, agreed);
  completeAuthenticated(account, id);
  const held = [...account.store.all('checkout.session')].find(
    (row) => row.payment_intent === id || row.setup_intent === id,
  );
  if (held) return redirect(held.status === 'complete' ? successUrl(held) : `/c/pay/${held.id}`);
  if (action?.type === 'redirect_to_url') return redirect(action.redirect_to_url.return_url);
  return html(200, 'Test bank', `<p>${agreed ? 'Approved' : 'Refused'}.</p>`);
};

const bankPage = html(
  200,
  'Test bank',
  '<form method="post"><button name="result" value="approve">Approve</button><button name="result" value="refuse">Refuse</button></form>',
);

const open = (account: Account, { method, path, body }: StripeRequest): StripeReply => {
  const [, , page, id = ''] = (path.split('?', 1)[0] ?? '').split('/');
  if (page === 'pay')
    return method === 'POST' ? pay(account, id, body) : checkoutPage(account.find('checkout.session', id));
  if (page === 'authenticate') return method === 'POST' ? authenticate(account, id, body) : bankPage;
  return html(404, 'Not here', '<p>There is no such page.</p>');
};

/** Like the API's door: what a decline did is kept, any other problem is undone. */
export const openPage = (account: Account, request: StripeRequest): StripeReply => {
  try {
    const reply = open(account, request);
    account.store.commit();
    return reply;
  } catch (error) {
    if (!(error instanceof StripeAnswersError)) {
      account.store.discard();
      throw error;
    }
    const declined = error.body.type === 'card_error';
    if (declined) account.store.commit();
    else account.store.discard();
    const session = account.store.get('checkout.session', request.path.split('/')[3] ?? '');
    return session && declined
      ? checkoutPage(session, 402, error.message)
      : html(error.status, 'Test checkout', `<p role="alert">${escaped(error.message)}</p>`);
  }
};
