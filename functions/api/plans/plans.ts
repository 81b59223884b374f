/** Plans and their versions. A version is never edited (I18): a new price is a new version of the plan. */
import * as z from 'zod';
import type { Plan, PlanVersion } from '#domain/catalog/plan.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { pageOf, pageOnly } from '#events/api/page.ts';
import {
  planBody,
  planVersionBody,
  planVersionView as versionSchema,
  planView,
  planWithVersions,
} from '#events/api/plans.ts';
import { slug } from '#events/api/texts.ts';
import { change, create } from '../../handle.ts';
import { absent } from '../absent.ts';
import { operation } from '../operation.ts';
import { pageOfAll } from '../pages.ts';
import { planPrices, planVersionView } from './plan-prices.ts';

const params = z.strictObject({ key: slug });

export const createPlan = operation({
  body: planBody,
  answers: planWithVersions,
  successes: [201],
  handle: async ({ body: { key, name, currency, prices: bodies } }, { books, now }) => {
    if ((await books.get('plan', key)) !== undefined) {
      return refuse('plan_exists', 'There is a plan under this key. Add a version to it, or take a new key.', '/key');
    }
    const prices = await planPrices(books, bodies);
    if (isRefusal(prices)) return prices;
    const plan: Plan = { key, name, currency, latestVersion: 1, createdAt: now };
    const version: PlanVersion = { plan: key, version: 1, name, currency, interval: 'month', prices, createdAt: now };
    return {
      status: 201,
      body: { ...plan, versions: [planVersionView(version)] },
      write: [create('plan', plan), create('planVersion', version)],
    };
  },
});

export const addPlanVersion = operation({
  params,
  body: planVersionBody,
  answers: versionSchema,
  successes: [201],
  handle: async ({ params: { key }, body }, { books, now }) => {
    const plan = await books.get('plan', key);
    if (plan === undefined) return absent;
    const prices = await planPrices(books, body.prices);
    if (isRefusal(prices)) return prices;
    const { currency, latestVersion } = plan.value;
    const name = body.name ?? plan.value.name;
    const version: PlanVersion = {
      plan: key,
      version: latestVersion + 1,
      name,
      currency,
      interval: 'month',
      prices,
      createdAt: now,
    };
    return {
      status: 201,
      body: planVersionView(version),
      write: [change(plan, { ...plan.value, name, latestVersion: version.version }), create('planVersion', version)],
    };
  },
});

export const listPlans = operation({
  query: pageOnly,
  answers: pageOf(planView),
  successes: [200],
  handle: async (request, { books }) => {
    const all = (await books.list(['plan'], '')).map(({ value }) => value);
    const paged = pageOfAll(all, ({ key }) => key, request);
    return isRefusal(paged) ? paged : { status: 200, body: { data: [...paged.page], nextCursor: paged.nextCursor } };
  },
});

const versionsShown = 50;

export const readPlan = operation({
  params,
  answers: planWithVersions,
  successes: [200],
  handle: async ({ params: { key } }, { books }) => {
    const plan = await books.get('plan', key);
    if (plan === undefined) return absent;
    const { latestVersion } = plan.value;
    const newest = Array.from({ length: Math.min(latestVersion, versionsShown) }, (_, i) => ({
      plan: key,
      version: latestVersion - i,
    }));
    const versions = await books.getAll('planVersion', newest);
    return { status: 200, body: { ...plan.value, versions: versions.map(({ value }) => planVersionView(value)) } };
  },
});
