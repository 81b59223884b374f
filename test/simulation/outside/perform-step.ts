/** Does one step of a workload, however many requests it takes, and has every answer kept. */
import { assert, unreachable } from '#domain/assert.ts';
import type { SimulatedCloud } from '../cloud/simulated-cloud.ts';
import type { Sender } from './sender.ts';
import { mailAddress, type Step } from './step.ts';

/** `name` is the same whenever this very step is sent again. */
export const performStep = async (step: Step, name: string, cloud: SimulatedCloud, sender: Sender): Promise<void> => {
  const post = async (path: string, body: unknown) => {
    sender.told.hear(step, await sender.post(path, body, name));
  };
  switch (step.does) {
    case 'sets up':
      await post(step.path, step.body);
      return;
    case 'signs up':
      await post('/v1/customers', step.body);
      return;
    case 'subscribes': {
      const { customer, plan, startsOn } = step;
      await post('/v1/subscriptions', { customer, plan, startsOn });
      return;
    }
    case 'uses':
      await sender.use(step.events);
      return;
    case 'assigns': {
      const { subject, customer, from } = step;
      await post('/v1/points', { subject, customer, from });
      return;
    }
    case 'changes': {
      const id = await customerId(step.customer, sender, cloud);
      if (id !== undefined) sender.told.hear(step, await sender.patch(`/v1/customers/${id}`, step.body));
      return;
    }
    case 'looks at link':
      await visitLink(step.customer, cloud, sender);
      return;
    case 'pays by link':
      await payByLink(step, cloud, sender);
      return;
    case 'asks for a run':
      await post('/v1/billing-runs', { kind: 'nightly' });
      return;
    case 'redrives':
      await cloud.redrive();
      return;
    default:
      unreachable(step);
  }
};

const customerId = async (externalId: string, sender: Sender, cloud: SimulatedCloud): Promise<string | undefined> => {
  const answer = await sender.untilAnswered('api', {
    method: 'GET',
    path: `/v1/customers/${externalId}`,
    headers: { authorization: `Bearer ${cloud.apiKey}` },
  });
  // Who changes a card may not have signed up yet.
  const { told } = sender;
  const isFound = told.expect(`looks for ${externalId}`, answer, told.customers.has(externalId) ? 200 : 404);
  return isFound && answer.status === 200 ? (JSON.parse(answer.body) as { readonly id: string }).id : undefined;
};

const doorOf = (method: 'GET' | 'POST', token: string) =>
  ({ method, path: `/pay/${token}`, door: { route: `${method} /pay/{token}`, params: { token } } }) as const;

/** The link of the newest mail the customer got; undefined where none came yet. */
const newestLink = (customer: string, { engines }: SimulatedCloud): string | undefined => {
  const mail = engines.mail.mails.findLast(({ to }) => to.includes(mailAddress(customer)));
  return mail === undefined ? undefined : /\/pay\/(\S+)/.exec(mail.text)?.[1];
};

const visitLink = async (customer: string, cloud: SimulatedCloud, sender: Sender): Promise<string | undefined> => {
  const token = newestLink(customer, cloud);
  if (token !== undefined)
    sender.told.expect(
      `looks at the link of ${customer}`,
      await sender.untilAnswered('money', doorOf('GET', token)),
      200,
    );
  return token;
};

const mostRedirects = 4;

const payByLink = async (
  { customer, paymentMethod, afterMinutes }: Step & { readonly does: 'pays by link' },
  cloud: SimulatedCloud,
  sender: Sender,
): Promise<void> => {
  const token = await visitLink(customer, cloud, sender);
  if (token === undefined) return;
  for (let hop = 0; hop < mostRedirects; hop += 1) {
    const answer = await sender.untilAnswered('money', doorOf('POST', token));
    // 409: it is paid, or a payment of it is under way.
    sender.told.expect(`pays by the link of ${customer}`, answer, 303, 307, 409);
    if (answer.status === 307) continue;
    if (answer.status !== 303) return;
    await cloud.scheduler.sleep(afterMinutes * 60_000);
    await payOnPage(new URL(answer.headers['location'] ?? '').pathname, paymentMethod, cloud);
    await sender.untilAnswered('money', doorOf('GET', token));
    return;
  }
};

/** On the provider's own pages, where a bank may ask once more. */
const payOnPage = async (page: string, paymentMethod: string, { engines }: SimulatedCloud): Promise<void> => {
  const posted = (path: string, body: string) => engines.stripe.handle({ method: 'POST', path, headers: {}, body });
  const paid = await posted(page, `payment_method=${paymentMethod}`);
  assert(paid.kind === 'answer', 'a page of the provider answers');
  const next = paid.headers['location'] ?? '';
  if (next.startsWith('/c/authenticate/')) await posted(next, 'result=approve');
};
