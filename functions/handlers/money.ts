/** The money lane as a Lambda: the only one that sees Stripe's key. */
import { collectPayment } from '../collect-payment/collect-payment.ts';
import { openCheckout } from '../open-checkout/open-checkout.ts';
import { receiveStripeWebhook } from '../receive-stripe-webhook/receive-stripe-webhook.ts';
import { laneHandler, type LaneSteps } from '../runtime/lane-handler.ts';
import { openDeployedWorld } from '../runtime/open-world.ts';
import { savePaymentMethod } from '../save-payment-method/save-payment-method.ts';
import { settlePayment } from '../settle-payment/settle-payment.ts';

export const moneySteps: LaneSteps<'money'> = {
  'save-payment-method': savePaymentMethod,
  'collect-payment': collectPayment,
  'receive-stripe-webhook': receiveStripeWebhook,
  'settle-payment': settlePayment,
  'open-checkout': openCheckout,
};

export const handler = laneHandler('money', moneySteps, openDeployedWorld);
