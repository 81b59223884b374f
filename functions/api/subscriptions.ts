/** Subscriptions: a customer on a plan version, from a day on. */
import * as z from 'zod';
import { present } from '#domain/assert.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { periodOf, type Subscription } from '#domain/subscriptions/subscription.ts';
import { addDays, dayIn } from '#domain/time/day.ts';
import { pageOf, pageQuery } from '#events/api/page.ts';
import { subscriptionBody, subscriptionView } from '#events/api/subscriptions.ts';
import { customerName, subscriptionId as subscriptionIdText } from '#events/api/texts.ts';
import { change, create, unchanged } from '../handle.ts';
import type { Books } from '../ports.ts';
import { subscriptionId } from '../records/document-id.ts';
import { absent } from './absent.ts';
import { filterCustomer, namedCustomer } from './customers/find-customer.ts';
import { operation } from './operation.ts';
import { indexPage, pageOfAll } from './pages.ts';
import type { ApiRefusal } from './refusals.ts';

/** Either side of today a subscription may start. */
const startDays = 366;
const mostSubscriptions = 10_000;

/** The account counts the customer's subscriptions and knows the one that prices usage, so its change is what makes both single. */
export const createSubscription = operation({
  body: subscriptionBody,
  answers: subscriptionView,
  successes: [201],
  handle: async ({ body }, { books, now }) => {
    const customer = await namedCustomer(books, body.customer);
    if (isRefusal(customer)) return customer;
    const { id, currency, timezone } = customer.value;
    const plan = await planVersionOf(books, body);
    if (isRefusal(plan)) return plan;
    if (plan.currency !== currency) {
      return refuse(
        'currency_mismatch',
        `The plan is priced in ${plan.currency} and the customer is billed in ${currency}.`,
        '/plan',
      );
    }
    const today = dayIn(now, timezone);
    const anchorOn = body.startsOn ?? today;
    if (anchorOn < addDays(today, -startDays) || anchorOn > addDays(today, startDays)) {
      return refuse(
        'starts_out_of_range',
        `A subscription starts at most ${String(startDays)} days from today.`,
        '/startsOn',
      );
    }
    const account = present(await books.get('account', id), `customer ${id} has an account`);
    const pricesUsage = plan.prices.some(({ kind }) => kind === 'usage');
    if (pricesUsage && account.value.usageSubscription !== null) {
      return refuse(
        'usage_subscription_exists',
        'The customer has a subscription that prices usage; it can have one at a time.',
        '/plan',
      );
    }
    if (account.value.subscriptions >= mostSubscriptions)
      return refuse('too_many_subscriptions', 'The customer has too many subscriptions.', '/customer');

    const k = account.value.subscriptions + 1;
    const subscription: Subscription = {
      id: subscriptionId(id, k),
      customer: id,
      plan: plan.plan,
      planVersion: plan.version,
      anchorOn,
      timezone,
      state: 'active',
      currentPeriod: 0,
      createdAt: now,
    };
    const usageSubscription = pricesUsage ? subscription.id : account.value.usageSubscription;
    return {
      status: 201,
      body: view(subscription),
      headers: { location: `/v1/subscriptions/${subscription.id}` },
      // The customer's zone and currency stand still from here on: see change-customer.ts, which checks the account as this checks the customer.
      write: [
        unchanged(customer),
        change(account, { ...account.value, subscriptions: k, usageSubscription }),
        create('subscription', subscription),
      ],
    };
  },
});

const planVersionOf = async (books: Books, { plan, planVersion }: z.infer<typeof subscriptionBody>) => {
  const head = await books.get('plan', plan);
  if (head === undefined) return unknownPlan('There is no plan under this key.', '/plan');
  const version = await books.get('planVersion', { plan, version: planVersion ?? head.value.latestVersion });
  return version?.value ?? unknownPlan('The plan has no such version.', '/planVersion');
};

const unknownPlan = (because: string, pointer: string): ApiRefusal => refuse('unknown_plan', because, pointer);

export const listSubscriptions = operation({
  query: z.strictObject({ ...pageQuery, customer: customerName.optional() }),
  answers: pageOf(subscriptionView),
  successes: [200],
  handle: async (request, { books }) => {
    const customer = await filterCustomer(books, request.query.customer);
    if (isRefusal(customer)) return customer;
    if (customer !== undefined) {
      const theirs = (await books.list(['subscription'], subscriptionId(customer, 0))).map(({ value }) => value);
      const paged = pageOfAll(theirs, ({ id, createdAt }) => `${createdAt}#${id}`, request, 'descending');
      return isRefusal(paged)
        ? paged
        : { status: 200, body: { data: paged.page.map(view), nextCursor: paged.nextCursor } };
    }
    const page = await indexPage(books, 'subscription', request);
    if (isRefusal(page)) return page;
    const subscriptions = await books.getAll('subscription', page.sorts);
    return { status: 200, body: { data: subscriptions.map(({ value }) => view(value)), nextCursor: page.nextCursor } };
  },
});

export const readSubscription = operation({
  params: z.strictObject({ id: subscriptionIdText }),
  answers: subscriptionView,
  successes: [200],
  handle: async ({ params: { id } }, { books }) => {
    const subscription = await books.get('subscription', id);
    return subscription === undefined ? absent : { status: 200, body: view(subscription.value) };
  },
});

const view = (subscription: Subscription): z.input<typeof subscriptionView> => {
  const { id, customer, plan, planVersion, anchorOn, timezone, state, currentPeriod: n, createdAt } = subscription;
  return {
    id,
    customer,
    plan,
    planVersion,
    startsOn: anchorOn,
    timezone,
    state,
    currentPeriod: { n, ...periodOf(subscription, n) },
    createdAt,
  };
};
