/** The bill as PDF is read back as a program would that copies its text. */
import { describe, expect, it } from 'vitest';
import { sha256 } from '#domain/sha256.ts';
import { money } from '#domain/money/money.ts';
import { bodyOf, invoiceOf, issued, lineOf } from '#test/contracts/mail-bill.ts';
import { pdfText } from '#test/contracts/pdf-text.ts';
import { billPdf } from './bill-pdf.ts';
import { documents } from './documents.ts';

const payUrl = `https://billing.example/pay/inv_1.${'ab12'.repeat(16)}`;
const read = async (body = bodyOf()) => pdfText(await billPdf(issued, body, payUrl));
const named = (name: string) => bodyOf({ billTo: { ...bodyOf().billTo, name } });

describe('the bill as PDF', () => {
  it('says who bills whom, for what, and what is due when', async () => {
    const { pages } = await read();
    expect(pages).toHaveLength(1);
    const lines = pages[0]!.split('\n');
    for (const said of [
      'Invoice',
      'CH-2026-000042',
      'Countinghouse Energy GmbH',
      'Hafenstraße 12',
      'ul. Piotrkowska 104',
      '90-926 Łódź',
      '2026-02-01',
      '2026-02-15',
      '2026-01-01 to 2026-01-31',
    ]) {
      expect(lines).toContain(said);
    }
    expect(lines).toEqual(expect.arrayContaining(['Electricity, from 101', '68.125', 'kWh', '0.1512', '10.30']));
    expect(lines).toEqual(expect.arrayContaining(['Total EUR', '35.20', '35.20 EUR', 'Page 1 of 1']));
  });

  it('is the same file to the byte whenever it is made, and once it is paid', async () => {
    const port = documents({ sender: 'billing@ch.example', payUrl: () => payUrl });
    const body = bodyOf();
    const final = invoiceOf(body);
    const paid = invoiceOf(body, {
      status: { ...issued, state: 'paid', paidAt: issued.finalizedAt },
      nextAttemptOn: null,
      attempts: 3,
    });
    const files = [
      await port.invoicePdf(final, body),
      await port.invoicePdf(final, body),
      await port.invoicePdf(paid, body),
    ];
    expect(new Set(files.map((file) => sha256(Buffer.from(file).toString('latin1')))).size).toBe(1);
  });

  it('is another file for another invoice', async () => {
    const one = await billPdf(issued, bodyOf(), payUrl);
    const other = await billPdf({ ...issued, number: 'CH-2026-000043' }, bodyOf(), payUrl);
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
  });

  it('bears the day it was finalised as its date, and names its language and title', async () => {
    const { dictionaries } = await read();
    expect(dictionaries).toContain('(D:20260201010007Z)');
    expect(dictionaries).toContain('/Lang (en)');
    expect(dictionaries).toContain('(Invoice CH-2026-000042)');
    expect(dictionaries).toContain('/DisplayDocTitle true');
  });

  it('is tagged: one title, headings, and tables whose cells know their header', async () => {
    const { roles, dictionaries } = await read();
    const count = (role: string) => roles.filter((each) => each === role).length;
    expect([count('Document'), count('H1'), count('H2'), count('Link')]).toEqual([1, 1, 2, 1]);
    // Facts 6 rows, lines 1 + 3, totals 2; five cells a line and header, two elsewhere.
    expect([count('Table'), count('TR'), count('TH'), count('TD')]).toEqual([3, 12, 6 + 5 + 2, 6 + 15 + 2]);
    expect(dictionaries.match(/\/Scope \/Column/g)).toHaveLength(5);
    expect(dictionaries.match(/\/Scope \/Row/g)).toHaveLength(8);
    expect(dictionaries).toContain('/Marked true');
  });

  it('leads to the page where this invoice is paid', async () => {
    const { links } = await read();
    expect(new Set(links)).toEqual(new Set([payUrl]));
  });

  it('goes on over pages, repeats the header for the eye and keeps every line', async () => {
    const lines = Array.from({ length: 90 }, (_, i) =>
      lineOf({ name: `Point ${i + 1}.`, amount: money(`${i}.17`, 'EUR') }),
    );
    const { pages, roles } = await read(bodyOf({ lines }));
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach((page, i) => expect(page).toContain(`Page ${i + 1} of ${pages.length}`));
    for (const page of pages) expect(page.split('\n')).toContain('Amount (EUR)');
    const all = pages.join('\n').split('\n');
    expect(lines.map(({ name }) => name).filter((name) => all.filter((text) => text === name).length !== 1)).toEqual(
      [],
    );
    // 90 × 0.17 + (0 + … + 89) = 15.30 + 4005.00
    expect(all).toContain('4020.30 EUR');
    expect(roles.filter((role) => role === 'TH')).toHaveLength(6 + 5 + 2);
  });
});

describe('scripts', () => {
  it.each([
    'Jürgen Größe & Söhne',
    'Zażółć Gęślą Jaźń',
    'Ευάγγελος Παπαδόπουλος',
    'Щербакова Ёлка',
    'Nguyễn Thị Ánh',
    'Ștefan Țîrlea',
    'İğdır Çiçek',
    'Þórður Æsir',
  ])('%s is printed whole, and can be copied as it was written', async (name) => {
    const { pages, shown } = await read(named(name));
    expect(pages[0]!.split('\n')).toContain(name);
    expect(shown[0]).not.toContain('�');
  });

  it('a letter with its accent apart is the same as the letter', async () => {
    const port = documents({ sender: 'billing@ch.example', payUrl: () => payUrl });
    const apart = named('Zoë'.normalize('NFD'));
    const { pages } = pdfText(await port.invoicePdf(invoiceOf(apart), apart));
    expect(pages[0]!.split('\n')).toContain('Zoë');
  });

  it('what the font lacks is shown as lacking, named at the end, and kept for copying', async () => {
    const { shown, pages } = await read(named('山田 Yamada كريم 😀'));
    const seen = shown[0]!.replaceAll('\n', ' ');
    expect(seen).toContain('�� Yamada ���� �');
    for (const code of ['U+5C71', 'U+7530', 'U+0643', 'U+0631', 'U+064A', 'U+0645', 'U+1F600'])
      expect(seen).toContain(code);
    expect(pages[0]!.split('\n')).toContain('山田 Yamada كريم 😀');
  });

  it('says nothing of missing characters where there are none', async () => {
    const { pages } = await read();
    expect(pages[0]).not.toContain('�');
    expect(pages[0]).not.toContain('not in the font');
  });
});
