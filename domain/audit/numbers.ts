/**
 * I17: every series is numbered 1 to next − 1 without a gap or a double, in the order in
 * which its documents were issued. What a restore fenced off is no gap: it stands in the
 * series with its reason, and no document may have it.
 */
import { canPrecede } from './can-precede.ts';
import type { InvoiceBody, Issued } from '../invoicing/invoice.ts';
import type { NumberSeries } from '../invoicing/number-series.ts';
import type { Snapshot } from './snapshot.ts';
import { storedPart } from './stored-part.ts';
import { type Check, must, type Violation } from './violation.ts';

type Document = Issued & { readonly id: string; readonly prefix: string | undefined };

export const auditNumbers: Check = (snapshot) => {
  const documents = documentsOf(snapshot);
  const bySeries = Map.groupBy(documents, ({ series }) => series);
  const series = new Map(snapshot.books.series.map((each) => [`${each.entity}#${each.kind}#${each.fiscalYear}`, each]));
  return [
    ...[...series].flatMap(([key, each]) => {
      const inOrder = [...(bySeries.get(key) ?? [])].sort((a, b) => a.serial - b.serial);
      return [
        ...isGapless(key, each, inOrder),
        ...isInOrderOfIssue(key, each, inOrder),
        ...numbersFollow(each, inOrder),
      ];
    }),
    ...[...bySeries.keys()].flatMap((key) =>
      must(series.has(key), 'I17', `Documents are numbered in a series ${key} that does not exist.`, key),
    ),
    ...numbersAreUnique(documents),
  ];
};

/** Whatever has a number, void ones included: they keep theirs. */
const documentsOf = (snapshot: Snapshot): readonly Document[] =>
  snapshot.books.invoices.flatMap(({ id, body, status }) => {
    if (status.state === 'draft' || status.number === undefined) return [];
    return [{ ...(status as Issued), id, prefix: storedPart<InvoiceBody>(snapshot, body)?.issuer.numberPrefix }];
  });

const isGapless = (
  key: string,
  { next, holes = [] }: NumberSeries,
  documents: readonly Document[],
): readonly Violation[] => {
  const isPassedOver = (serial: number) => holes.some(({ from, until }) => from <= serial && serial <= until);
  const wanted = Array.from({ length: next - 1 }, (_, i) => i + 1).filter((serial) => !isPassedOver(serial));
  const misplaced = documents.find(({ serial }, i) => serial !== wanted[i]);
  return [
    ...must(
      misplaced === undefined,
      'I17',
      `Series ${key} has a gap or a double at ${misplaced?.serial ?? ''}.`,
      key,
      misplaced?.id ?? '',
    ),
    ...must(
      documents.length === wanted.length,
      'I17',
      `Series ${key} gave ${wanted.length} numbers; ${documents.length} documents have one.`,
      key,
    ),
    ...must(
      holes.every(({ because }) => because.trim() !== ''),
      'I17',
      `Series ${key} passed over numbers without a reason.`,
      key,
    ),
  ];
};

const isInOrderOfIssue = (
  key: string,
  { lastIssuedOn }: NumberSeries,
  documents: readonly Document[],
): readonly Violation[] => [
  ...documents.flatMap(({ id, number, issuedOn, finalizedAt }, i) => {
    const before = documents[i - 1];
    const follows =
      before === undefined || (before.issuedOn <= issuedOn && canPrecede(before.finalizedAt, finalizedAt));
    return must(follows, 'I17', `${number} was issued before ${before?.number ?? ''}.`, id, before?.id ?? '');
  }),
  ...must(
    documents.length === 0 || documents.at(-1)?.issuedOn === lastIssuedOn,
    'I17',
    `Series ${key} was last issued ${lastIssuedOn}, its last document ${documents.at(-1)?.issuedOn ?? ''}.`,
    key,
  ),
];

const numbersFollow = ({ fiscalYear }: NumberSeries, documents: readonly Document[]): readonly Violation[] =>
  documents.flatMap(({ id, number, serial, issuedOn, prefix }) => {
    const expected = `${prefix ?? ''}-${fiscalYear}-${String(serial).padStart(6, '0')}`;
    return [
      ...must(
        prefix === undefined || number === expected,
        'I17',
        `Document ${serial} is called ${number}, not ${expected}.`,
        id,
      ),
      ...must(
        issuedOn.startsWith(fiscalYear),
        'I17',
        `${number} was issued ${issuedOn}, outside the year of its series.`,
        id,
      ),
    ];
  });

const numbersAreUnique = (documents: readonly Document[]): readonly Violation[] =>
  [...Map.groupBy(documents, ({ number }) => number)].flatMap(([number, same]) =>
    must(same.length === 1, 'I17', `${same.length} documents are called ${number}.`, ...same.map(({ id }) => id)),
  );
