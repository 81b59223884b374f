/**
 * Whoever restores: does what decisions/0009-restore.md says, through the API alone, with
 * what the mail log holds. For the twins that must fail, one part can be left out.
 */
import { assert, present } from '#domain/assert.ts';
import { addMinutes, instantAt } from '#domain/time/instant.ts';
import type { LoggedMail } from '#domain/restore/logged-mail.ts';
import { laneNames } from '#functions/lanes.ts';
import { mailSeen } from '#local/snapshot/outside-seen.ts';
import type { ReceivedMail } from '#local/ses/received-mail.ts';
import type { SimulatedCloud } from '../cloud/simulated-cloud.ts';
import type { Sender } from '../outside/sender.ts';
import { restoreBackup, takeBackup } from './books-backup.ts';
import type { Drill } from './drill-workload.ts';

export type LeftOut = 'fence' | 'gate';

interface Seen {
  readonly state: string;
}

const minuteMs = 60_000;
const mailsAtOnce = 25;
/** A reconciliation that waits for bills is asked for again, every hour for three days at most. */
const mostRounds = 72;

export const operate = async (
  { backupMs, lossMs, searchMs }: Drill,
  cloud: SimulatedCloud,
  sender: Sender,
  leftOut?: LeftOut,
): Promise<void> => {
  const { scheduler, engines } = cloud;
  const until = (ms: number) => scheduler.sleep(Math.max(0, ms - scheduler.now()));
  const post = async (path: string, body: object, key: string) => {
    const answer = await sender.post(path, body, key);
    assert(answer.status < 300, `${path} is answered ${String(answer.status)}: ${answer.body}`);
    return JSON.parse(answer.body) as Seen;
  };

  await until(backupMs);
  const restoredTo = instantAt(scheduler.now());
  const backup = await takeBackup(engines);
  await until(lossMs);
  cloud.stop([...laneNames, 'api']);
  while (cloud.isBusy()) await scheduler.sleep(minuteMs);
  await restoreBackup(engines, backup);

  cloud.start(['api', 'usage']);
  if (leftOut !== 'gate') await post('/v1/restore', { restoredTo, because: 'A drill.' }, 'close');
  await scheduler.sleep(searchMs);
  if (leftOut === 'gate') {
    cloud.start(laneNames);
    return;
  }
  const since = addMinutes(restoredTo, -30);
  const mails = leftOut === 'fence' ? [] : engines.mail.mails.filter(({ at }) => at >= since).map(logged);
  for (let i = 0; i < mails.length; i += mailsAtOnce)
    await post('/v1/restore/mails', { mails: mails.slice(i, i + mailsAtOnce) }, `mails-${String(i)}`);
  await post('/v1/restore/fence', { numbers: [] }, 'fence');
  cloud.start(['billing', 'numbers', 'money', 'housekeeping']);

  for (let round = 1; ; round += 1) {
    assert(round <= mostRounds, 'restored books come to be reconciled');
    await scheduler.sleep(30 * minuteMs);
    await post('/v1/restore/reconcile', {}, `reconcile-${String(round)}`);
    await scheduler.sleep(30 * minuteMs);
    if ((await read(cloud, sender)).state === 'reconciled') break;
  }
  cloud.start(['messages']);
  assert((await post('/v1/restore/reopen', {}, 'reopen')).state === 'open', 'reconciled books are opened');
};

const read = async ({ apiKey }: SimulatedCloud, sender: Sender): Promise<Seen> => {
  const answer = await sender.untilAnswered('api', {
    ...{ method: 'GET', path: '/v1/restore' },
    headers: { authorization: `Bearer ${apiKey}` },
  });
  return JSON.parse(answer.body) as Seen;
};

/** What the mail log says of a mail: its subject names the number, its link the invoice. */
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
