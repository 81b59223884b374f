/**
 * The test tokens and account numbers the double knows, with what each does when
 * it is charged. Names and behaviour are Stripe's (`docs.stripe.com/testing`),
 * the trap included that a card which always declines cannot be attached to a
 * customer; `pm_card_chargeCustomerFail` can. Three are ours, for what Stripe's
 * cannot do and a dunning run needs:
 *
 * - `pm_double_insufficientFunds` attaches, and every charge lacks funds;
 * - `pm_double_expiredCard` attaches, and every charge finds it expired;
 * - `pm_double_declines_N_then_succeeds` attaches, declines N charges for lack
 *   of funds, then succeeds.
 */
import type { PaymentMethodType } from './objects/payment-method.ts';

export interface Decline {
  readonly code: string;
  readonly declineCode: string;
  readonly message: string;
}

export type Outcome =
  | { readonly result: 'succeeds'; readonly refundFails?: true; readonly disputedFor?: string }
  /** `times`: only the first so many charges; always where it is left out. */
  | { readonly result: 'declines'; readonly decline: Decline; readonly times?: number }
  | { readonly result: 'needs_authentication' }
  /** A bank debit: `processing` for days. `failure` undefined succeeds; `stays` never ends. */
  | { readonly result: 'processes'; readonly failure?: Decline; readonly stays?: true; readonly disputedFor?: string };

export interface TestPaymentMethod {
  readonly type: PaymentMethodType;
  readonly last4: string;
  readonly brand?: string;
  readonly attaches: boolean;
  readonly outcome: Outcome;
}

const decline = (code: string, declineCode: string, message: string): Decline => ({ code, declineCode, message });

const insufficientFunds = decline('card_declined', 'insufficient_funds', 'Your card has insufficient funds.');
const expired = decline('expired_card', 'expired_card', 'Your card has expired.');
const generic = decline('card_declined', 'generic_decline', 'Your card was declined.');

export const authenticationRequired = decline(
  'authentication_required',
  'authentication_required',
  'Your card was declined. This transaction requires authentication.',
);

const card = (last4: string, outcome: Outcome = { result: 'succeeds' }, attaches = true, brand = 'visa') =>
  ({ type: 'card', last4, brand, attaches, outcome }) as const;

const declining = (last4: string, why: Decline, attaches = false) =>
  card(last4, { result: 'declines', decline: why }, attaches);

const debit = (
  type: PaymentMethodType,
  last4: string,
  outcome: Omit<Outcome & { result: 'processes' }, 'result'> = {},
) => ({ type, last4, attaches: true, outcome: { result: 'processes', ...outcome } }) as const;

const bankFailure = (code: string, message: string) => ({ failure: decline(code, code, message) });
const noFunds = bankFailure(
  'insufficient_funds',
  "The customer's account has insufficient funds to cover this payment.",
);
const closed = bankFailure('account_closed', "The customer's bank account has been closed.");
const notAuthorized = bankFailure(
  'debit_not_authorized',
  'The customer has notified their bank that this payment was unauthorized.',
);

const KNOWN: Readonly<Record<string, TestPaymentMethod>> = {
  pm_card_visa: card('4242'),
  pm_card_mastercard: card('4444', { result: 'succeeds' }, true, 'mastercard'),
  pm_card_amex: card('8431', { result: 'succeeds' }, true, 'amex'),
  pm_card_chargeDeclined: declining('0002', generic),
  pm_card_visa_chargeDeclined: declining('0002', generic),
  pm_card_chargeDeclinedInsufficientFunds: declining('9995', insufficientFunds),
  pm_card_visa_chargeDeclinedInsufficientFunds: declining('9995', insufficientFunds),
  pm_card_chargeDeclinedExpiredCard: declining('0069', expired),
  pm_card_visa_chargeDeclinedLostCard: declining('9987', decline('card_declined', 'lost_card', generic.message)),
  pm_card_chargeDeclinedProcessingError: declining(
    '0119',
    decline(
      'processing_error',
      'processing_error',
      'An error occurred while processing your card. Try again in a little bit.',
    ),
  ),
  pm_card_chargeCustomerFail: declining('0341', generic, true),
  pm_card_authenticationRequired: card('3184', { result: 'needs_authentication' }),
  pm_card_createDispute: card('0259', { result: 'succeeds', disputedFor: 'fraudulent' }),
  pm_card_refundFail: card('5126', { result: 'succeeds', refundFails: true }),
  pm_usBankAccount: debit('us_bank_account', '6789'),
  pm_usBankAccount_success: debit('us_bank_account', '6789'),
  pm_usBankAccount_insufficientFunds: debit('us_bank_account', '2227', noFunds),
  pm_usBankAccount_accountClosed: debit('us_bank_account', '1116', closed),
  pm_usBankAccount_debitNotAuthorized: debit('us_bank_account', '3335', notAuthorized),
  pm_usBankAccount_processing: debit('us_bank_account', '0000', { stays: true }),
  pm_double_insufficientFunds: declining('9995', insufficientFunds, true),
  pm_double_expiredCard: declining('0069', expired, true),
};

const SEPA: Readonly<Record<string, TestPaymentMethod>> = {
  DE89370400440532013000: debit('sepa_debit', '3000'),
  DE62370400440532013001: debit('sepa_debit', '3001', noFunds),
  DE35370400440532013002: debit('sepa_debit', '3002', { disputedFor: 'debit_not_authorized' }),
};

const ACCOUNTS: Readonly<Record<string, string>> = {
  '000123456789': 'pm_usBankAccount_success',
  '000222222227': 'pm_usBankAccount_insufficientFunds',
  '000111111116': 'pm_usBankAccount_accountClosed',
  '000333333335': 'pm_usBankAccount_debitNotAuthorized',
};

const CARD_TOKENS: Readonly<Record<string, string>> = {
  tok_visa: 'pm_card_visa',
  tok_mastercard: 'pm_card_mastercard',
};

export const testPaymentMethod = (token: string): TestPaymentMethod | undefined => {
  const times = /^pm_double_declines_(\d{1,2})_then_succeeds$/.exec(token)?.[1];
  if (times !== undefined)
    return card('0341', { result: 'declines', decline: insufficientFunds, times: Number(times) });
  return Object.hasOwn(KNOWN, token) ? KNOWN[token] : SEPA[token];
};

/** The token behind an IBAN, a bank account number or a card token; undefined where it is none of Stripe's test values. */
export const tokenOf = (given: string): string | undefined =>
  Object.hasOwn(SEPA, given) ? given : (ACCOUNTS[given] ?? CARD_TOKENS[given]);
