/** The housekeeping lane as a Lambda: keeps time and publishes what a crash left. */
import { chasePayments } from '../chase-payments/chase-payments.ts';
import { laneHandler, type LaneSteps } from '../runtime/lane-handler.ts';
import { openDeployedWorld } from '../runtime/open-world.ts';
import { sweep } from '../runtime/sweep.ts';

export const housekeepingSteps: LaneSteps<'housekeeping'> = { 'chase-payments': chasePayments, 'sweep-outbox': sweep };

export const handler = laneHandler('housekeeping', housekeepingSteps, openDeployedWorld);
