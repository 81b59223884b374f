/** The billing entity a new deployment starts with; customers who name none are billed by it. */
import type { BillingEntity } from '#domain/catalog/billing-entity.ts';

export const defaultBillingEntity: BillingEntity = {
  key: 'default',
  name: 'Countinghouse',
  addressLines: [],
  numberPrefix: 'CH',
};
