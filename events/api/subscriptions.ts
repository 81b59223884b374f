/** Subscriptions as the API takes and shows them. */
import * as z from 'zod';
import { customerId, customerName, dayText, instantText, slug, subscriptionId, timeZoneText } from './texts.ts';

export const subscriptionBody = z
  .strictObject({
    customer: customerName,
    plan: slug.meta({ example: 'starter' }),
    planVersion: z.int().min(1).max(999_999).optional().meta({ description: 'The latest unless said.', example: 1 }),
    startsOn: dayText.optional().meta({
      description: 'The first day of the first period; today in the customer’s zone unless said, at most 366 days off.',
    }),
  })
  .meta({ id: 'SubscriptionRequest' });

export const periodView = z
  .strictObject({
    n: z.int().meta({ description: 'Counted from 0.', example: 0 }),
    fromOn: dayText,
    untilOn: dayText.meta({ description: 'Not included.' }),
    from: instantText,
    until: instantText,
  })
  .meta({ id: 'Period' });

export const subscriptionView = z
  .strictObject({
    id: subscriptionId,
    customer: customerId,
    plan: z.string().meta({ example: 'starter' }),
    planVersion: z.int().meta({ example: 1 }),
    startsOn: dayText,
    timezone: timeZoneText,
    state: z.enum(['active', 'ended']).meta({ example: 'active' }),
    currentPeriod: periodView,
    createdAt: instantText,
  })
  .meta({ id: 'Subscription' });
