/** What mails of the mail log write: the letter of a document these books have, or a mail about one they lost. */
import { isLoggedMailOf, type LoggedMail } from '#domain/restore/logged-mail.ts';
import { change, create, type Write } from '../../handle.ts';
import type { Books } from '../../ports.ts';
import type { Letter } from '../../records/letter.ts';

export const loggedMailWrites = async (
  books: Books,
  mails: readonly LoggedMail[],
): Promise<{ readonly letters: readonly Write<'letter'>[]; readonly lost: readonly Write<'lostMail'>[] }> => {
  const [invoices, letters, lostMails] = [
    new Map(
      (await books.getAll('invoice', [...new Set(mails.map(({ invoice }) => invoice))])).map((each) => [
        each.key,
        each.value,
      ]),
    ),
    new Map((await books.getAll('letter', mails)).map((each) => [nameOf(each.value), each])),
    new Set((await books.getAll('lostMail', mails)).map(({ value }) => value.messageId)),
  ];
  const isOurs = (mail: LoggedMail) => isLoggedMailOf(mail, invoices.get(mail.invoice));
  return {
    letters: oneOf(mails.filter(isOurs), nameOf).flatMap((mail) => {
      const known = letters.get(nameOf(mail));
      if (known === undefined) return [create('letter', letterOf(mail))];
      return isUnsure(known.value) ? [change(known, { ...letterOf(mail), claimedAt: known.value.claimedAt })] : [];
    }),
    lost: oneOf(mails, ({ messageId }) => messageId)
      .filter((mail) => !isOurs(mail) && !lostMails.has(mail.messageId))
      .map((mail) => create('lostMail', mail)),
  };
};

const oneOf = (mails: readonly LoggedMail[], by: (mail: LoggedMail) => string): readonly LoggedMail[] => [
  ...new Map(mails.map((mail) => [by(mail), mail])).values(),
];

/** The books were not told yet whether it went out; the mail log knows. */
const isUnsure = ({ state }: Letter): boolean => state === 'claimed' || state === 'waiting' || state === 'unknown';

const nameOf = ({ invoice, step }: Pick<Letter, 'invoice' | 'step'>): string => `${invoice} ${step}`;

const letterOf = ({ invoice, step, to, sentAt, messageId }: LoggedMail): Letter => ({
  invoice,
  step,
  to,
  state: 'sent',
  claimedAt: sentAt,
  messageId,
});
