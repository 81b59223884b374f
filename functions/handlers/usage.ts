/** The usage lane as a Lambda: the door products send usage to. */
import { ingestUsage } from '../ingest-usage/ingest-usage.ts';
import { laneHandler, type LaneSteps } from '../runtime/lane-handler.ts';
import { openDeployedWorld } from '../runtime/open-world.ts';

export const usageSteps: LaneSteps<'usage'> = { 'ingest-usage': ingestUsage };

export const handler = laneHandler('usage', usageSteps, openDeployedWorld);
