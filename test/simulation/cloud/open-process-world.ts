/**
 * The world of one process: the production adapters, each over a client whose calls are
 * the process's door calls. Time is the process's own clock, and waiting is the scheduler's.
 */
import { instantAt } from '#domain/time/instant.ts';
import { payToken } from '#domain/payments/pay-token.ts';
import type { Instant } from '#domain/time/instant.ts';
import { books } from '#functions/adapters/dynamodb/books.ts';
import { pagesBefore, removePage } from '#functions/adapters/dynamodb/outbox-page.ts';
import { putPart } from '#functions/adapters/dynamodb/parts.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import { usageLog } from '#functions/adapters/dynamodb/usage-log.ts';
import { ids } from '#functions/adapters/ids.ts';
import { sesMail } from '#functions/adapters/ses/ses-mail.ts';
import { queues } from '#functions/adapters/sqs/queues.ts';
import { stripePayments } from '#functions/adapters/stripe/stripe-payments.ts';
import { epochMs } from '#domain/time/instant.ts';
import type { World } from '#functions/runtime/world.ts';
import { tableNames } from '#local/tables.ts';
import { plainLetters } from '../doors/plain-letters.ts';
import { queueClient } from '../doors/queue-client.ts';
import { storeClient } from '../doors/store-client.ts';
import { stripeClient } from '../doors/stripe-client.ts';
import type { Chance } from '../engine/chance.ts';
import type { Process } from '../engine/process.ts';
import type { Engines } from './engines.ts';
import { secrets } from './secrets.ts';

const book = 'L';

export const openProcessWorld = (process: Process, engines: Engines, random: Chance, log: World['log']): World => {
  const client = storeClient(engines.store, engines.arm.store, (operation, perform) =>
    process.call('store', operation, (fault) => perform(engines.isBlackout() ? '5xx-before' : fault)),
  );
  const sqs = queueClient(engines.queues, engines.onSent, (operation, perform) =>
    process.call('queue', operation, perform),
  );
  const pause = (ms: number) => process.pause(ms);
  const now = () => process.nowMs();
  const table = { client, table: tableNames.books, book, pause, random } as const;
  const payUrl = (invoice: string) => `${secrets.publicUrl}/pay/${payToken(invoice, secrets.payLinkSecret)}`;
  return {
    clock: { now: (): Instant => instantAt(now()) },
    log,
    apiKeyPepper: secrets.apiKeyPepper,
    queues: queues(sqs, engines.laneUrls),
    ports: {
      books: books(table),
      usageLog: usageLog({ client, table: tableNames.usage, book, now, random, pause }),
      payments: stripePayments({
        secretKey: 'sk_test_simulation',
        webhookSecrets: [secrets.webhookSecret],
        payLinkSecret: secrets.payLinkSecret,
        publicUrl: secrets.publicUrl,
        httpClient: stripeClient(engines.stripe, engines.arm.stripe, process),
      }),
      mail: sesMail({ client: engines.mail.clientOf(process) }),
      documents: plainLetters('billing@countinghouse.example', payUrl),
      ids: ids({ now, random }),
    },
    store: {
      stage: (content) => putPart(client, table.table, book, content),
      transact: (writes, tells, at) => transact(table, writes, tells, epochMs(at)),
      removePage: (page) => removePage(table, page),
      pagesBefore: (before) => pagesBefore(table, epochMs(before)),
    },
  };
};
