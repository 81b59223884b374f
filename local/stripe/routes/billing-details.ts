/** Addresses and billing details as requests carry them: what is left out stays, what is empty is unset. */
import { clearable, object, type Params } from '../api/params.ts';
import { type Address, type BillingDetails, noAddress } from '../objects/parts.ts';

export const addressShape = {
  city: clearable,
  country: clearable,
  line1: clearable,
  line2: clearable,
  postal_code: clearable,
  state: clearable,
};

export const readAddress = (given: Params<typeof addressShape>, held: Address | null = null): Address => ({
  ...(held ?? noAddress),
  ...given,
});

export const billingDetailsShape = {
  address: object(addressShape),
  email: clearable,
  name: clearable,
  phone: clearable,
};

export const readBillingDetails = (
  given: Params<typeof billingDetailsShape>,
  held: BillingDetails,
): BillingDetails => ({
  ...held,
  ...given,
  address: given.address ? readAddress(given.address, held.address) : held.address,
});
