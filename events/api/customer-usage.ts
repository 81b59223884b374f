/** What a customer has used so far in the period now running, and what that comes to. */
import * as z from 'zod';
import { customerId, decimalText, instantText, money, subscriptionId } from './texts.ts';
import { periodView } from './subscriptions.ts';

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
