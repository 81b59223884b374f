/**
 * What must never be double, counted on the mails that ever arrived and at the provider and
 * not in the books alone. A number is given twice where it stands on two invoices, or where
 * a mail had it before the books gave it.
 */
import type { Snapshot } from '#domain/audit/snapshot.ts';
import { mailSeen } from '#local/snapshot/outside-seen.ts';
import type { ReceivedMail } from '#local/ses/received-mail.ts';

export const toldTwice = (
  { books, charges }: Snapshot,
  mails: readonly ReceivedMail[],
): { readonly doubleNumbers: readonly string[]; readonly doubleCharges: readonly string[] } => {
  const onMails = mails.map((mail) => ({
    number: /[Ii]nvoice (\S+-\d{4}-\d{6,})/.exec(mail.subject)?.[1] ?? '',
    invoice: mailSeen(mail).invoice ?? '',
    at: mail.at,
  }));
  const inBooks = books.invoices.flatMap(({ id, status }) =>
    'number' in status ? [{ number: status.number ?? '', invoice: id, at: status.finalizedAt ?? '' }] : [],
  );
  const taken = charges.filter(({ status }) => status === 'succeeded');
  return {
    doubleNumbers: [...Map.groupBy([...inBooks, ...onMails], ({ number }) => number)].flatMap(([number, same]) => {
      const given = inBooks.find((each) => each.number === number);
      const isEarlier = given !== undefined && same.some(({ at }) => at < given.at);
      return isEarlier || new Set(same.map(({ invoice }) => invoice)).size > 1 ? [number] : [];
    }),
    doubleCharges: [...Map.groupBy(taken, ({ pays }) => pays?.invoice ?? '')].flatMap(([invoice, same]) =>
      same.length > 1 ? [invoice] : [],
    ),
  };
};
