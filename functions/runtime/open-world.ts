/** Opens a world with every port there is: for one process that is the whole cloud, and for tests. */
import type { Environment } from '../adapters/aws-clients.ts';
import { makeWorld, type WorldParts } from './make-world.ts';
import { openBooks } from './openers/open-books.ts';
import { openDocuments } from './openers/open-documents.ts';
import { openIds } from './openers/open-ids.ts';
import { openMail } from './openers/open-mail.ts';
import { openPayments } from './openers/open-payments.ts';
import { openUsageLog } from './openers/open-usage-log.ts';
import type { World } from './world.ts';

const everyPort = {
  books: openBooks,
  usageLog: openUsageLog,
  payments: openPayments,
  mail: openMail,
  documents: openDocuments,
  ids: openIds,
};

export const openWorld = (env: Environment, parts: WorldParts = {}): World => makeWorld(env, everyPort, parts);
