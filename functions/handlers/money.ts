/** The money lane as a Lambda: the only one that sees Stripe's key. */
import { collectPayment } from '../collect-payment/collect-payment.ts';
import { openCheckout } from '../open-checkout/open-checkout.ts';
import { receiveStripeWebhook } from '../receive-stripe-webhook/receive-stripe-webhook.ts';
import { deployedWorld } from '../runtime/deployed-world.ts';
import { laneHandler, type LaneSteps, type LaneUses } from '../runtime/lane-handler.ts';
import { openBooks } from '../runtime/openers/open-books.ts';
import { openPayments } from '../runtime/openers/open-payments.ts';
import { reconcilePayments } from '../reconcile-payments/reconcile-payments.ts';
import { savePaymentMethod } from '../save-payment-method/save-payment-method.ts';
import { settlePayment } from '../settle-payment/settle-payment.ts';

export const moneySteps: LaneSteps<'money'> = {
  'save-payment-method': savePaymentMethod,
  'collect-payment': collectPayment,
  'receive-stripe-webhook': receiveStripeWebhook,
  'settle-payment': settlePayment,
  'open-checkout': openCheckout,
  'reconcile-payments': reconcilePayments,
};

const openWorld = deployedWorld<LaneUses<'money'>>({ books: openBooks, payments: openPayments });

export const handler = laneHandler('money', moneySteps, openWorld);
