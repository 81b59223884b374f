/**
 * What is found on disk once every process has ended: the snapshot that the audit reads,
 * taken by engines opened anew on the files the processes left.
 */
import type { Acknowledged, Snapshot } from '#domain/audit/snapshot.ts';
import { createStore } from '#local/dynamodb/store.ts';
import { WriteAheadLog } from '#local/dynamodb/write-ahead-log.ts';
import type { LeapingClock } from '#local/leaping-clock.ts';
import { openMailFile } from '#local/ses/mail-file.ts';
import { receivedMail } from '#local/ses/received-mail.ts';
import { takeSnapshot } from '#local/snapshot.ts';
import { createQueues } from '#local/sqs/queues.ts';
import { createStripeDouble } from '#local/stripe/double.ts';
import { soakFiles } from './soak-files.ts';

export const takeEvidence = async (
  dir: string,
  clock: LeapingClock,
  acknowledged: readonly Acknowledged[],
): Promise<Snapshot> => {
  const files = soakFiles(dir);
  const now = clock.nowMs;
  const store = createStore({ now, log: new WriteAheadLog(files.store) });
  const queues = createQueues({ now, file: files.queues });
  const stripe = createStripeDouble({ now, file: files.stripe });
  const inbox = { inbox: () => Promise.resolve(openMailFile(files.mail).stored.map(receivedMail)) };
  try {
    return await takeSnapshot({ store, queues, stripe, inbox, world: { clock } }, acknowledged);
  } finally {
    await Promise.all([store.close(), stripe.close()]);
    queues.close();
  }
};
