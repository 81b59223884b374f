/** The usage lane as a Lambda: the door products send usage to. */
import { ingestUsage } from '../ingest-usage/ingest-usage.ts';
import { deployedWorld } from '../runtime/deployed-world.ts';
import { laneHandler, type LaneSteps, type LaneUses } from '../runtime/lane-handler.ts';
import { openBooks } from '../runtime/openers/open-books.ts';
import { openUsageLog } from '../runtime/openers/open-usage-log.ts';

export const usageSteps: LaneSteps<'usage'> = { 'ingest-usage': ingestUsage };

const openWorld = deployedWorld<LaneUses<'usage'>>({ books: openBooks, usageLog: openUsageLog });

export const handler = laneHandler('usage', usageSteps, openWorld);
