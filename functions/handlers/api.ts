/** The API as a Lambda. No test clock: in production nobody moves time. */
import { apiHandler } from '../api/api-handler.ts';
import type { ApiUses } from '../api/grants.ts';
import { deployedWorld } from '../runtime/deployed-world.ts';
import { openBooks } from '../runtime/openers/open-books.ts';
import { openDocuments } from '../runtime/openers/open-documents.ts';
import { openIds } from '../runtime/openers/open-ids.ts';
import { openUsageLog } from '../runtime/openers/open-usage-log.ts';

const openWorld = deployedWorld<ApiUses>({
  books: openBooks,
  usageLog: openUsageLog,
  documents: openDocuments,
  ids: openIds,
});

export const handler = apiHandler(openWorld);
