/** A final invoice and its body, as the tests of mails and documents use them; any part can be another. */
import { canonicalHash } from '#domain/canonical.ts';
import type { Invoice, InvoiceBody, InvoiceLine, Issued } from '#domain/invoicing/invoice.ts';
import { money, total } from '#domain/money/money.ts';
import { day } from '#domain/time/day.ts';
import { instant } from '#domain/time/instant.ts';
import { timeZone } from '#domain/time/zone.ts';

export const issued: Issued = {
  number: 'CH-2026-000042',
  series: 'main#invoice#2026',
  serial: 42,
  issuedOn: day('2026-02-01'),
  dueOn: day('2026-02-15'),
  finalizedAt: instant('2026-02-01T01:00:07.000Z'),
  contentHash: 'c'.repeat(64),
};

export const lineOf = (line: Partial<InvoiceLine> & { readonly amount: InvoiceLine['amount'] }): InvoiceLine => ({
  price: 'electricity',
  name: 'Electricity',
  kind: 'usage',
  quantity: '100',
  unit: 'kWh',
  unitPrice: '0.2',
  exact: '20',
  roundingDifference: '0',
  ...line,
});

const lines: readonly InvoiceLine[] = [
  lineOf({
    price: 'base',
    name: 'Basic fee',
    kind: 'fixed',
    quantity: '1',
    unit: '',
    unitPrice: '4.9',
    exact: '4.9',
    amount: money('4.90', 'EUR'),
  }),
  lineOf({ name: 'Electricity, first 100', amount: money('20.00', 'EUR') }),
  lineOf({
    name: 'Electricity, from 101',
    quantity: '68.125',
    unitPrice: '0.1512',
    exact: '10.3005',
    roundingDifference: '-0.0005',
    amount: money('10.30', 'EUR'),
  }),
];

export const bodyOf = (parts: Partial<InvoiceBody> = {}): InvoiceBody => {
  const ofLines = total(
    (parts.lines ?? lines).map(({ amount }) => amount),
    'EUR',
  );
  return {
    invoice: 'inv_01jh0000000000000001_1_1',
    customer: 'cus_01jh0000000000000001',
    externalId: 'crm-4711',
    issuer: {
      key: 'main',
      name: 'Countinghouse Energy GmbH',
      addressLines: ['Hafenstraße 12', '20457 Hamburg', 'Germany'],
      numberPrefix: 'CH',
    },
    billTo: {
      name: 'Żółta Łódź Sp. z o.o.',
      email: 'rachunki@lodz.example',
      address: { line1: 'ul. Piotrkowska 104', postalCode: '90-926', city: 'Łódź', country: 'PL' },
    },
    currency: 'EUR',
    timezone: timeZone('Europe/Warsaw'),
    plan: { key: 'home', version: 3, name: 'Home power' },
    supplyFromOn: day('2026-01-01'),
    supplyUntilOn: day('2026-02-01'),
    supplyFrom: instant('2025-12-31T23:00:00.000Z'),
    supplyUntil: instant('2026-01-31T23:00:00.000Z'),
    lines,
    subtotal: ofLines,
    taxes: [],
    total: ofLines,
    taxPointOn: day('2026-01-31'),
    precedingDocuments: [],
    purchaseOrder: null,
    ratingEngine: '1',
    inputHash: 'd'.repeat(64),
    ...parts,
  };
};

export const invoiceOf = (body: InvoiceBody, parts: Partial<Invoice> = {}): Invoice => ({
  id: body.invoice,
  customer: body.customer,
  subscription: 'sub_01jh0000000000000001_1',
  period: 1,
  billingEntity: 'main',
  run: 'run-2026-02-01',
  total: body.total,
  body: canonicalHash(body),
  createdAt: instant('2026-02-01T01:00:05.000Z'),
  netTermsDays: 14,
  status: { state: 'final', ...issued },
  nextAttemptOn: day('2026-02-01'),
  attempts: 0,
  openAttempt: null,
  ...parts,
});
