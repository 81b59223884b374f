/** Both letters, taken apart as a mail program would, with names and texts that mean harm. */
import { describe, expect, it } from 'vitest';
import { Bug } from '#domain/assert.ts';
import type { InvoiceBody } from '#domain/invoicing/invoice.ts';
import { money } from '#domain/money/money.ts';
import { day } from '#domain/time/day.ts';
import { instant } from '#domain/time/instant.ts';
import type { Posting } from '#functions/ports.ts';
import { bodyOf, invoiceOf, issued, lineOf } from '#test/contracts/mail-bill.ts';
import { headerOf, mailParts, partText } from '#test/contracts/mail-parts.ts';
import { pdfText } from '#test/contracts/pdf-text.ts';
import { documents } from './documents.ts';

const url = (invoice: string) => `https://billing.example/pay/${invoice}.${'ab12'.repeat(16)}`;
const port = documents({ sender: 'billing@ch.example', payUrl: url });
const posting: Posting = {
  to: 'ada@customer.example',
  at: instant('2026-02-01T01:02:03.000Z'),
  collection: { state: 'due', nextAttemptOn: day('2026-02-01') },
};
const bill = (body: InvoiceBody) => port.billMail(invoiceOf(body), body, posting);
const declined = (body: InvoiceBody, nextAttemptOn = day('2026-02-04') as ReturnType<typeof day> | null) =>
  port.declinedMail(invoiceOf(body), body, { ...posting, attempt: 1, nextAttemptOn });
const named = (name: string) => bodyOf({ billTo: { ...bodyOf().billTo, name } });

describe('the bill by mail', () => {
  it('says the same in HTML and in plain text, and brings the PDF', async () => {
    const body = bodyOf();
    const mail = mailParts((await bill(body)).mime);
    const text = partText(mail, 'text/plain');
    expect(text).toContain(
      [
        'Invoice CH-2026-000042',
        'Countinghouse Energy GmbH to Żółta Łódź Sp. z o.o.',
        'Home power, 2026-01-01 to 2026-01-31',
        'Basic fee: 4.90',
        'Electricity, first 100: 100 kWh × 0.2 = 20.00',
        'Electricity, from 101: 68.125 kWh × 0.1512 = 10.30',
        'Total 35.20 EUR, due 2026-02-15',
      ].join('\r\n'),
    );
    const html = partText(mail, 'text/html');
    for (const said of [
      'Electricity, from 101',
      '68.125 kWh',
      '0.1512',
      '10.30',
      '35.20 EUR',
      'due on 2026-02-15',
      url(body.invoice),
    ]) {
      expect(html).toContain(said);
      expect(text.includes(said) || said === '68.125 kWh' || said === 'due on 2026-02-15').toBe(true);
    }
    const pdf = mail.parts.at(-1)!;
    expect(pdf.headers).toContain('Content-Type: application/pdf; name=CH-2026-000042.pdf');
    expect(pdfText(pdf.content).pages[0]).toContain('CH-2026-000042');
  });

  it('fetches nothing: no picture, script, font or style from anywhere', async () => {
    const html = partText(mailParts((await bill(bodyOf())).mime), 'text/html');
    const addresses = [...html.matchAll(/https?:\/\/[^"\s<]+/g)].map(([address]) => address);
    expect(new Set(addresses)).toEqual(new Set([url(bodyOf().invoice)]));
    expect(html).not.toMatch(/<(?:script|img|link|iframe|style)\b|url\(/i);
  });

  it('heads its table for those who do not see it', async () => {
    const html = partText(mailParts((await bill(bodyOf())).mime), 'text/html');
    expect(html.match(/<th scope="col"/g)).toHaveLength(4);
    expect(html.match(/<th scope="row"/g)).toHaveLength(3 + 1);
  });

  it('is the same bytes for the same invoice, address and time', async () => {
    const [one, other] = [await bill(bodyOf()), await bill(bodyOf())];
    expect(Buffer.from(one.mime).equals(Buffer.from(other.mime))).toBe(true);
    const mail = mailParts(one.mime);
    expect(headerOf(mail, 'Message-ID')).toBe('<bill.inv_01jh0000000000000001_1_1@ch.example>');
    expect(headerOf(mail, 'Date')).toBe('Sun, 01 Feb 2026 01:02:03 +0000');
  });

  it('is not made of a draft or a void invoice', async () => {
    const body = bodyOf();
    await expect(port.billMail(invoiceOf(body, { status: { state: 'draft' } }), body, posting)).rejects.toThrow(Bug);
    await expect(
      port.invoicePdf({ ...invoiceOf(body), status: { ...issued, state: 'void', voidedAt: issued.finalizedAt } }, body),
    ).rejects.toThrow(Bug);
  });
});

describe('a declined card', () => {
  it('says the amount and the day it is tried again', async () => {
    const message = await declined(bodyOf());
    const mail = mailParts(message.mime);
    for (const type of ['text/plain', 'text/html']) {
      expect(partText(mail, type)).toContain('35.20 EUR is still to be paid');
      expect(partText(mail, type)).toContain('We will try the card again on 2026-02-04.');
      expect(partText(mail, type)).toContain(url(bodyOf().invoice));
    }
    expect(headerOf(mail, 'Message-ID')).toBe('<declined-1.inv_01jh0000000000000001_1_1@ch.example>');
    expect(Buffer.from(message.mime).toString('latin1')).not.toContain('application/pdf');
  });

  it('says that we need them to pay where nothing more is tried', async () => {
    const text = partText(mailParts((await declined(bodyOf(), null)).mime), 'text/plain');
    expect(text).toContain('We will not try the card again by ourselves. Please pay here:');
    expect(text).not.toMatch(/again on/);
  });
});

describe('headers', () => {
  it.each([
    'Müller, Jürgen "JJ" <jj@evil.example>',
    'a\r\nBcc: evil@evil.example\r\n\r\n<b>body</b>',
    'x\nSubject: paid',
    '=?UTF-8?Q?=0D=0ABcc:_evil@evil.example?=',
    '\u0000\u2028Bcc: evil@evil.example',
    '山田 太郎',
    `${'long '.repeat(80)}name`,
  ])('a customer named %j adds no header and no recipient', async (name) => {
    for (const message of [await bill(named(name)), await declined(named(name))]) {
      const mail = mailParts(message.mime);
      const names = mail.headers.map((header) => header.split(':')[0]);
      expect(names).toEqual([
        'Auto-Submitted',
        'Content-Language',
        'From',
        'To',
        'Subject',
        'Message-ID',
        'Date',
        'MIME-Version',
        'Content-Type',
      ]);
      expect(message.to).toBe('ada@customer.example');
      const to = mail.headers.find((header) => header.startsWith('To: '))!;
      // Outside of quotes and encoded words there is one address.
      expect(to.replace(/"(?:\\.|[^"\\])*"|=\?[^?]*\?[QB]\?[^?]*\?=/gi, '').match(/[^\s<>,]+@[^\s<>,]+/g)).toEqual([
        'ada@customer.example',
      ]);
    }
  });

  it('names in any script arrive as they were written', async () => {
    const mail = mailParts((await bill(named('Ελένη 山田 "Łucja"'))).mime);
    expect(headerOf(mail, 'To').replaceAll('\\"', '"')).toContain('Ελένη 山田 "Łucja"');
  });

  it.each(['a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', '<a@b.example>', ''])(
    'a letter is never addressed to %j',
    async (to) => {
      const body = bodyOf();
      await expect(port.billMail(invoiceOf(body), body, { ...posting, to })).rejects.toThrow(Bug);
    },
  );
});

describe('hostile texts', () => {
  const corpus = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</table></main></body><h1>Paid</h1>',
    '<a href="https://evil.example">Pay</a>',
    '&lt;script&gt;',
    '`$' + '{alert(1)}`',
    'javascript:alert(1)',
    '<!--',
    ']]><svg/onload=alert(1)>',
    '\u202E00.0 latoT\r\nTotal 0.00 EUR, paid',
  ];

  /** Every text of the body that a person can have typed, as a path to it. */
  const paths: readonly (readonly (string | number)[])[] = [
    ['externalId'],
    ['issuer', 'name'],
    ['issuer', 'addressLines', 0],
    ['billTo', 'name'],
    ['billTo', 'email'],
    ...['line1', 'line2', 'postalCode', 'city', 'region', 'country'].map((part) => ['billTo', 'address', part]),
    ['plan', 'key'],
    ['plan', 'name'],
    ['purchaseOrder'],
    ...['name', 'unit', 'price', 'quantity', 'unitPrice'].map((field) => ['lines', 1, field]),
  ];
  const withText = (value: unknown, [head, ...rest]: readonly (string | number)[], text: string): unknown => {
    if (head === undefined) return text;
    const inner = withText((value as Record<string | number, unknown>)[head], rest, text);
    return Array.isArray(value)
      ? value.map((each: unknown, i) => (i === head ? inner : each))
      : { ...(value as object), [head]: inner };
  };
  const tagsOf = (mime: Uint8Array): readonly string[] =>
    partText(mailParts(mime), 'text/html').match(/<[^>]*>/g) ?? [];

  it.each(corpus)('%j in any field is text, and changes neither tags nor lines', async (hostile) => {
    const harmless = { tags: tagsOf((await declined(bodyOf())).mime), bill: tagsOf((await bill(bodyOf())).mime) };
    const lineCount = (mime: Uint8Array) => partText(mailParts(mime), 'text/plain').split('\n').length;
    const lines = lineCount((await declined(bodyOf())).mime);
    for (const path of paths) {
      const body = withText(bodyOf(), path, hostile) as InvoiceBody;
      const message = await declined(body);
      expect(tagsOf(message.mime), path.join('.')).toEqual(harmless.tags);
      expect(lineCount(message.mime), path.join('.')).toBe(lines);
    }
    // The bill shows all of them at once; making its PDF for each alone would take minutes and show no more.
    const everywhere = paths.reduce((body, path) => withText(body, path, hostile) as InvoiceBody, bodyOf());
    expect(tagsOf((await bill(everywhere)).mime)).toEqual(harmless.bill);
  });

  it('a flat line of any amount stays one line of the bill', async () => {
    const body = bodyOf({
      lines: [lineOf({ name: 'Fee\r\nTotal 0.00 EUR', kind: 'fixed', quantity: '1', amount: money('7.00', 'EUR') })],
    });
    expect(partText(mailParts((await bill(body)).mime), 'text/plain')).toContain(
      'Fee Total 0.00 EUR: 7.00\r\nTotal 7.00 EUR',
    );
  });
});
