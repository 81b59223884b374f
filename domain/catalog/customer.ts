/**
 * A customer: who is billed, in which currency and zone, by which of our legal
 * entities. What names a person (name, mail, address) is kept apart, in
 * `Person`, so that it can be erased and granted apart.
 */
import type { Currency } from '../money/currency.ts';
import type { Instant } from '../time/instant.ts';
import type { TimeZone } from '../time/zone.ts';

export interface Customer {
  readonly id: string;
  /** The id this customer has in the sender's own systems; unique. */
  readonly externalId: string;
  readonly currency: Currency;
  /** Billing periods start at midnight of this zone. */
  readonly timezone: TimeZone;
  /** The key of the billing entity that issues this customer's invoices. */
  readonly billingEntity: string;
  /** Days from issue to due date. */
  readonly netTermsDays: number;
  readonly payment: PaymentMethod;
  readonly createdAt: Instant;
}

/**
 * How the customer pays. `given` was told to us and waits to be saved at the
 * provider; `saved` can be charged off-session; `refused` says why it cannot.
 */
export type PaymentMethod =
  | { readonly state: 'none' }
  | { readonly state: 'given'; readonly paymentMethod: string; readonly providerCustomer?: string }
  | { readonly state: 'saved'; readonly paymentMethod: string; readonly providerCustomer: string }
  | {
      readonly state: 'refused';
      readonly paymentMethod: string;
      readonly because: string;
      readonly providerCustomer?: string;
    };

/** What names the customer. Mails go to `email` and nowhere else. */
export interface Person {
  readonly customer: string;
  readonly name: string;
  readonly email: string;
  readonly address: Address;
}

export interface Address {
  readonly line1?: string;
  readonly line2?: string;
  readonly postalCode?: string;
  readonly city?: string;
  readonly region?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
}
