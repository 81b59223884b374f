/** What letters promise of the payment is what the records say becomes of it. */
import { expect, it } from 'vitest';
import { collectionStates } from '#domain/payments/collection.ts';
import { day } from '#domain/time/day.ts';
import { instant } from '#domain/time/instant.ts';
import { bodyOf, invoiceOf } from '#test/contracts/mail-bill.ts';
import { mailParts, partText } from '#test/contracts/mail-parts.ts';
import { documents } from './documents.ts';

const payUrl = 'https://billing.example/pay/token';
const port = documents({ sender: 'billing@ch.example', payUrl: () => payUrl });
const body = bodyOf();
const posting = { to: 'ada@customer.example', at: instant('2026-02-01T01:02:03.000Z') };

const charged = 'We charge your saved card; you need to do nothing.';
const asked = 'Please pay with this link:';
const tooSmall = '35.20 EUR is too small an amount for a card payment, so no card is charged. It stays open';
const underWay = 'A payment for it is under way; you need to do nothing.';

it.each([
  ['due', charged, true],
  ['no_method', asked, true],
  ['gave_up', asked, true],
  ['not_by_card', tooSmall, false],
  ['under_way', underWay, false],
] as const)(
  'the bill says what will happen where collection is %s, and nothing else',
  async (state, said, hasButton) => {
    const message = await port.billMail(invoiceOf(body), body, {
      ...posting,
      collection: { state, nextAttemptOn: null },
    });
    const mail = mailParts(message.mime);
    for (const text of [partText(mail, 'text/plain'), partText(mail, 'text/html')]) {
      expect([charged, asked, tooSmall, underWay].filter((each) => text.includes(each))).toEqual([said]);
      expect(text.includes(payUrl)).toBe(hasButton);
    }
  },
);

it.each(collectionStates.filter((state) => state !== 'due'))(
  'a declined card is promised no further charge where collection is %s by now, whatever day was planned',
  async (state) => {
    const message = await port.declinedMail(invoiceOf(body), body, {
      ...posting,
      collection: { state, nextAttemptOn: null },
      attempt: 1,
      nextAttemptOn: day('2026-02-04'),
    });
    const text = partText(mailParts(message.mime), 'text/plain');
    expect(text).toContain('We will not try the card again by ourselves. Please pay here:');
    expect(text).not.toContain('2026-02-04');
  },
);
