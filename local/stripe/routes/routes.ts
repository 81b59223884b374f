/** Every operation the double knows. Any other is refused with Stripe's 404. */
import type { Route } from '../api/route.ts';
import { balanceRoutes } from './balance.ts';
import { chargeRoutes } from './charges.ts';
import { checkoutSessionRoutes } from './checkout-sessions.ts';
import { customerRoutes } from './customers.ts';
import { eventRoutes } from './events.ts';
import { paymentIntentRoutes } from './payment-intents.ts';
import { paymentMethodRoutes } from './payment-methods.ts';
import { setupIntentRoutes } from './setup-intents.ts';

/** In order: `/v1/customers/search` stands before `/v1/customers/:id`. */
export const routes: readonly Route[] = [
  ...customerRoutes,
  ...paymentMethodRoutes,
  ...setupIntentRoutes,
  ...paymentIntentRoutes,
  ...chargeRoutes,
  ...balanceRoutes,
  ...eventRoutes,
  ...checkoutSessionRoutes,
];
