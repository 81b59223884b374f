/**
 * The words every request and answer is written in. Texts that people read (names,
 * addresses) are kept in Unicode's composed form (NFC); texts that are matched
 * against what products send (external ids, subjects, event types) are kept exactly
 * as sent, since usage events are not rewritten either. No text holds a control
 * character, so none can forge a line of a mail or a log.
 */
import * as z from 'zod';
import { type Currency, parseCurrency } from '#domain/money/currency.ts';
import { parseDay } from '#domain/time/day.ts';
import { parseInstant } from '#domain/time/instant.ts';
import { parseTimeZone } from '#domain/time/zone.ts';

const hasControl = (text: string): boolean => /\p{Cc}|\p{Zl}|\p{Zp}/u.test(text);
const noControl = 'A text of one line is wanted here, without control characters.';

/** For people to read. */
export const label = (most: number) =>
  z
    .string()
    .normalize('NFC')
    .min(1)
    .max(most)
    .refine((text) => !hasControl(text), noControl)
    .refine((text) => text.trim() !== '', 'A text of blanks says nothing.');

/** As it is sent, to be matched to the letter. */
export const exactText = z
  .string()
  .min(1)
  .max(128)
  .refine((text) => !hasControl(text), noControl);

/** A key of ours in the URL and in other records: `starter`, `eu-north`. */
export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'A key is up to 64 lower-case letters, digits, _ and -, and begins with a letter.');

const parsed = <Value extends string>(parse: (text: string) => Value | undefined, wanted: string) =>
  z.string().transform((text, context): Value => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: wanted });
    return z.NEVER;
  });

export const instantText = parsed(parseInstant, 'An instant is RFC 3339, such as 2026-01-31T23:59:59Z.').meta({
  description: 'An instant, RFC 3339; answered in UTC.',
  format: 'date-time',
  example: '2026-02-01T00:00:00.000Z',
});

export const dayText = parsed(parseDay, 'A day is YYYY-MM-DD.').meta({
  description: 'A calendar day.',
  format: 'date',
  example: '2026-02-01',
});

export const currencyText = parsed<Currency>(parseCurrency, 'A currency is an ISO 4217 code, such as EUR.').meta({
  description: 'ISO 4217.',
  example: 'EUR',
});

export const timeZoneText = parsed(parseTimeZone, 'A time zone is an IANA name, such as Europe/Berlin.').meta({
  description: 'IANA time zone.',
  example: 'Europe/Berlin',
});

export const decimalText = z.string().meta({ description: 'An exact decimal.', example: '1210.5' });

export const money = z.strictObject({ amount: z.string().meta({ example: '24.20' }), currency: currencyText }).meta({
  id: 'Money',
  description: 'Whole minor units of a currency, written with its own places.',
});

export const customerId = z
  .string()
  .regex(/^cus_[0-9a-z]{20}$/)
  .meta({ example: 'cus_0mi4k2wq7f3h8a1x9c5d' });

/** The customer's id, or the id the customer has in the sender's own systems. */
export const customerName = exactText.meta({ description: 'The customer’s id or external id.', example: 'acme' });

export const subscriptionId = z
  .string()
  .regex(/^sub_[0-9a-z]{20}_[1-9]\d{0,5}$/)
  .meta({ example: 'sub_0mi4k2wq7f3h8a1x9c5d_1' });

export const invoiceId = z
  .string()
  .regex(/^inv_[0-9a-z]{20}_[1-9]\d{0,5}_\d{1,6}$/)
  .meta({ example: 'inv_0mi4k2wq7f3h8a1x9c5d_1_0' });

export const runId = z
  .string()
  .regex(/^run_\d{4}-\d{2}-\d{2}$/)
  .meta({ example: 'run_2026-02-01' });

export const hash = z.string().meta({ description: 'SHA-256, hex.' });
