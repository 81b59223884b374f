/** The mail log, as whoever restores reads it: each mail's subject names the number, its link the invoice. */
import { present } from '#domain/assert.ts';
import type { LoggedMail } from '#domain/restore/logged-mail.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { ReceivedMail } from '#local/ses/received-mail.ts';
import { mailSeen } from '#local/snapshot/outside-seen.ts';

export const mailLog = (mails: readonly ReceivedMail[], since: Instant): readonly LoggedMail[] =>
  mails.filter(({ at }) => at >= since).map(logged);

const logged = (mail: ReceivedMail): LoggedMail => {
  const { messageId, to, invoice } = mailSeen(mail);
  return {
    number: present(/[Ii]nvoice (\S+-\d{4}-\d{6,})/.exec(mail.subject)?.[1], 'a letter names its invoice'),
    invoice: present(invoice, 'a letter has a link to its invoice'),
    step: present(/^Letter: (.*)$/m.exec(mail.text)?.[1], 'a letter says which it is'),
    to: present(to[0], 'a letter goes to somebody'),
    messageId,
    sentAt: mail.at,
  };
};
