/** What a customer has used so far in the period now running, and what that comes to. */
import * as z from 'zod';
import { customerId, decimalText, instantText, money, subscriptionId } from './texts.ts';
import { quarantineReason } from './quarantine.ts';
import { periodView } from './subscriptions.ts';

/** Nobody owns what is in suspense, so it is never a customer's. */
const setAsideReason = quarantineReason.exclude(['suspense']).meta({
  description:
    'As in quarantine; period_closed came after the bill of an earlier period, conflict counts each of the bodies.',
  example: 'bad_quantity',
});

export const customerUsageView = z
  .strictObject({
    customer: customerId,
    subscription: subscriptionId.nullable().meta({ description: 'Null where no plan of the customer prices usage.' }),
    plan: z.strictObject({ key: z.string(), version: z.int() }).nullable(),
    period: periodView.nullable(),
    asOf: instantText.meta({ description: 'Usage that arrived up to then is in.' }),
    meters: z.array(
      z.strictObject({
        meter: z.string().meta({ example: 'api_calls' }),
        unit: z.string().meta({ example: 'call' }),
        quantity: decimalText,
        events: z.int().meta({ example: 1210 }),
      }),
    ),
    setAside: z.array(z.strictObject({ reason: setAsideReason, events: z.int().meta({ example: 2 }) })).meta({
      description:
        'Events the bill would leave out if the period ended now, by reason; GET /v1/quarantine lists them one by one.',
    }),
    lines: z
      .array(
        z.strictObject({
          price: z.string().meta({ example: 'api_calls' }),
          name: z.string().meta({ example: 'API calls' }),
          quantity: decimalText,
          unit: z.string().meta({ example: 'call' }),
          unitPrice: decimalText.meta({ example: '0.02' }),
          amount: money,
        }),
      )
      .meta({ description: 'The lines the bill would have if the period ended now.' }),
    total: money,
    because: z.string().optional().meta({ description: 'Why it cannot be priced as it stands, where it cannot.' }),
  })
  .meta({ id: 'CustomerUsage' });
