/** Opens the port `payments`: Stripe, whose key only the money lane is given. */
import { stripePayments } from '../../adapters/stripe/stripe-payments.ts';
import type { Payments } from '../../ports.ts';
import type { Opening } from './port-openers.ts';

export const openPayments = ({ env, named }: Opening): Payments =>
  stripePayments({
    ...stripeAddress(env['STRIPE_URL']),
    secretKey: named('STRIPE_SECRET_KEY'),
    webhookSecrets: named('STRIPE_WEBHOOK_SECRETS').split(','),
    payLinkSecret: named('PAY_LINK_SECRET'),
    publicUrl: named('PUBLIC_URL'),
  });

/** Where Stripe is, if not at Stripe. */
const stripeAddress = (address: string | undefined): { host?: string; port?: number; protocol?: 'http' | 'https' } => {
  if (address === undefined) return {};
  const { hostname, port, protocol } = new URL(address);
  return { host: hostname, port: Number(port), protocol: protocol === 'http:' ? 'http' : 'https' };
};
