/** Customers and our own billing entities as the API takes and shows them. */
import * as z from 'zod';
import { currencyText, customerId, exactText, instantText, label, slug, timeZoneText } from './texts.ts';

const addressLine = label(200).optional();

const address = z
  .strictObject({
    line1: addressLine.meta({ example: 'Hauptstr. 1' }),
    line2: addressLine,
    postalCode: label(20).optional().meta({ example: '10827' }),
    city: addressLine.meta({ example: 'Berlin' }),
    region: addressLine,
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'A country is its ISO 3166-1 code, such as DE.')
      .optional()
      .meta({ example: 'DE' }),
  })
  .meta({ id: 'Address' });

/** Ours begin with `cus_`: an external id that looked like one could name two customers. */
const externalId = exactText
  .refine((text) => !text.startsWith('cus_'), 'An external id does not begin with cus_.')
  .meta({ description: 'The customer’s id in your own systems; unique, and never changed.', example: 'acme' });

const email = z
  .email('A mail address, such as billing@acme.example.')
  .max(254)
  .meta({ description: 'Bills go here and nowhere else.', example: 'billing@acme.example' });

const paymentMethod = z
  .string()
  .regex(/^pm_[A-Za-z0-9_]{1,120}$/, 'A payment method is the provider’s id, pm_…')
  .meta({
    description: 'The provider’s id of a card to save and charge. Card data never comes here.',
    example: 'pm_card_visa',
  });

const customerWords = {
  name: label(200).meta({ example: 'ACME GmbH' }),
  email,
  currency: currencyText,
  timezone: timeZoneText,
  address: address.optional(),
  billingEntity: slug.optional().meta({ description: 'Who issues the invoices; default unless said.' }),
  netTermsDays: z
    .int()
    .min(0)
    .max(365)
    .optional()
    .meta({ description: 'Days from issue to due date; 14 unless said.', example: 14 }),
  paymentMethod: paymentMethod.optional(),
};

export const customerBody = z.strictObject({ externalId, ...customerWords }).meta({ id: 'CustomerRequest' });

export const customerChangeBody = z
  .strictObject({ externalId: externalId.optional(), ...z.object(customerWords).partial().shape })
  .meta({
    id: 'CustomerChange',
    description:
      'Only what is named is changed; an address is replaced whole. The external id never changes, currency and time zone not once the customer has subscribed.',
  });

export const customerView = z
  .strictObject({
    id: customerId,
    externalId: z.string().meta({ example: 'acme' }),
    name: z.string().meta({ example: 'ACME GmbH' }),
    email: z.string().meta({ example: 'billing@acme.example' }),
    address,
    currency: currencyText,
    timezone: timeZoneText,
    billingEntity: z.string().meta({ example: 'default' }),
    netTermsDays: z.int().meta({ example: 14 }),
    payment: z
      .strictObject({
        state: z
          .enum(['none', 'given', 'saved', 'refused'])
          .meta({ description: 'given: being saved at the provider. saved: can be charged.', example: 'saved' }),
        paymentMethod: z.string().optional().meta({ example: 'pm_card_visa' }),
        because: z.string().optional().meta({ description: 'Why the provider refused it.' }),
      })
      .meta({ id: 'PaymentState' }),
    createdAt: instantText,
  })
  .meta({ id: 'Customer' });

export const billingEntityBody = z
  .strictObject({
    key: slug.meta({ example: 'default' }),
    name: label(200).meta({ example: 'Countinghouse AG' }),
    addressLines: z
      .array(label(200))
      .max(6)
      .meta({ example: ['Bahnhofstr. 1', '8001 Zürich'] }),
    numberPrefix: z
      .string()
      .regex(/^[A-Z0-9]{1,10}$/, 'A prefix is up to 10 capital letters and digits.')
      .meta({ description: 'Starts each invoice number: CH in CH-2026-000001.', example: 'CH' }),
  })
  .meta({ id: 'BillingEntity', description: 'One of our own legal entities, with its own gapless series of numbers.' });
