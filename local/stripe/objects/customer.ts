/** A customer as Stripe shows one, and the stub that stays behind when it is deleted. */
import type { Address, Metadata } from './parts.ts';

export interface CustomerFields {
  id: string;
  created: number;
  email: string | null;
  name: string | null;
  phone: string | null;
  description: string | null;
  address: Address | null;
  metadata: Metadata;
  defaultPaymentMethod: string | null;
}

export const newCustomer = (given: CustomerFields) => ({
  id: given.id,
  object: 'customer' as const,
  address: given.address,
  balance: 0,
  created: given.created,
  currency: null,
  default_source: null,
  delinquent: false,
  description: given.description,
  discount: null,
  email: given.email,
  invoice_prefix: given.id.slice(-8).toUpperCase(),
  invoice_settings: {
    custom_fields: null,
    default_payment_method: given.defaultPaymentMethod,
    footer: null,
    rendering_options: null,
  },
  livemode: false,
  metadata: given.metadata,
  name: given.name,
  phone: given.phone,
  preferred_locales: [],
  shipping: null,
  tax_exempt: 'none' as const,
  test_clock: null,
});

export type Customer = ReturnType<typeof newCustomer>;

export const deletedCustomer = (id: string) => ({ id, object: 'customer' as const, deleted: true as const });

export type DeletedCustomer = ReturnType<typeof deletedCustomer>;
