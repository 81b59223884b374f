/** Invoices as the API shows them: what was billed, how each line came about, and what was paid. */
import * as z from 'zod';
import { collectionStates } from '#domain/payments/collection.ts';
import {
  currencyText,
  customerId,
  dayText,
  decimalText,
  hash,
  instantText,
  invoiceId,
  money,
  runId,
  subscriptionId,
  timeZoneText,
} from './texts.ts';

const state = z.enum(['draft', 'final', 'paid', 'void']).meta({ example: 'final' });

const headShape = {
  id: invoiceId,
  number: z.string().nullable().meta({ description: 'Null on a draft.', example: 'CH-2026-000001' }),
  status: state,
  customer: customerId,
  subscription: subscriptionId,
  period: z.int().meta({ description: 'The period’s index in its subscription.', example: 0 }),
  billingEntity: z.string().meta({ example: 'default' }),
  run: runId,
  total: money,
  issuedOn: dayText.nullable(),
  dueOn: dayText.nullable(),
  createdAt: instantText,
  finalizedAt: instantText.nullable(),
  paidAt: instantText.nullable(),
  voidedAt: instantText.nullable(),
};

export const invoiceView = z.strictObject(headShape).meta({ id: 'Invoice' });

const lineShape = {
  price: z.string().meta({ example: 'api_calls' }),
  name: z.string().meta({ example: 'API calls, first 1000' }),
  kind: z.enum(['fixed', 'usage']),
  quantity: decimalText,
  unit: z.string().meta({ example: 'call' }),
  unitPrice: decimalText.meta({ example: '0.02' }),
  exact: decimalText.meta({ description: 'quantity × unitPrice, unrounded.' }),
  amount: money.meta({ description: 'The same, rounded once.' }),
  roundingDifference: decimalText.meta({ description: 'amount − exact.', example: '0' }),
  usage: z
    .strictObject({
      meter: z.string().meta({ example: 'api_calls' }),
      events: z.int().meta({ description: 'Distinct events behind the quantity.', example: 1210 }),
      digest: z.string().meta({ description: 'Changes when any of those events does.' }),
    })
    .optional(),
};

const paymentView = z.strictObject({
  attempt: z.int().meta({ example: 1 }),
  how: z.enum(['saved_card', 'checkout']).meta({ example: 'saved_card' }),
  state: z.enum(['claimed', 'sent', 'succeeded', 'failed', 'unknown']).meta({ example: 'succeeded' }),
  amount: money,
  claimedAt: instantText,
  changedAt: instantText,
  because: z.string().optional(),
});

const collectionView = z
  .strictObject({
    state: z.enum(collectionStates).meta({
      description:
        'due: the saved card is charged on nextAttemptOn. under_way: a payment is being made; nothing else is tried meanwhile. not_by_card: less than a card can be charged; it stays open. no_method: the customer has no card that works; one is looked for again on nextAttemptOn. gave_up: the card was declined as often as it is tried; it can still be paid by the link. none: nothing is owed.',
      example: 'due',
    }),
    nextAttemptOn: dayText.nullable().meta({
      description: 'When it is tried next by itself; null where it is not, and while a payment is under way.',
      example: '2026-03-10',
    }),
  })
  .meta({ id: 'Collection', description: 'What becomes of the payment by itself, and why nothing is charged.' });

export const invoiceWithLines = z
  .strictObject({
    ...headShape,
    currency: currencyText,
    timezone: timeZoneText,
    issuer: z.strictObject({
      key: z.string(),
      name: z.string(),
      addressLines: z.array(z.string()),
      numberPrefix: z.string(),
    }),
    billTo: z.strictObject({ name: z.string(), email: z.string(), address: z.record(z.string(), z.string()) }),
    plan: z.strictObject({ key: z.string(), version: z.int(), name: z.string() }),
    supplyFromOn: dayText,
    supplyUntilOn: dayText.meta({ description: 'Not included.' }),
    supplyFrom: instantText,
    supplyUntil: instantText,
    taxPointOn: dayText,
    lines: z.array(z.strictObject(lineShape)),
    subtotal: money,
    payments: z.array(paymentView),
    collection: collectionView,
    netTermsDays: z.int().meta({ example: 14 }),
  })
  .meta({ id: 'InvoiceWithLines' });

export const traceView = z
  .strictObject({
    invoice: invoiceId,
    number: z.string().nullable(),
    run: runId,
    plan: z.strictObject({ key: z.string(), version: z.int() }),
    ratingEngine: z.string(),
    inputHash: hash.meta({ description: 'Of everything the bill was made from: same inputs, same bill.' }),
    bodyHash: hash,
    contentHash: hash.nullable().meta({ description: 'Frozen when final; null on a draft.' }),
    ledgerTx: z.string().nullable().meta({ description: 'The ledger page that made it owed; null on a draft.' }),
    lines: z.array(
      z.strictObject({
        ...lineShape,
        terms: z
          .record(z.string(), z.unknown())
          .meta({ description: 'The price as the plan version states it: model and terms.' }),
        rounding: z.string().meta({ example: 'half_up' }),
        meteredQuantity: decimalText.nullable().meta({ description: 'The whole quantity of the meter, of all tiers.' }),
        tier: z.int().nullable().meta({ description: 'From 1; null where the model has none.' }),
        arithmetic: z.string().meta({ example: '1210 call × 0.02 = 24.2, half_up to 24.20 EUR' }),
        reproduced: z
          .boolean()
          .meta({ description: 'Whether rating that quantity by those terms again gives this very line.' }),
      }),
    ),
    subtotal: money,
    total: money,
  })
  .meta({ id: 'InvoiceTrace' });
