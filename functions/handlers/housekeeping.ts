/** The housekeeping lane as a Lambda: keeps time and publishes what a crash left. */
import { chasePayments } from '../chase-payments/chase-payments.ts';
import { deployedWorld } from '../runtime/deployed-world.ts';
import { laneHandler, type LaneSteps, type LaneUses } from '../runtime/lane-handler.ts';
import { openBooks } from '../runtime/openers/open-books.ts';
import { resumeWork } from '../resume-work/resume-work.ts';
import { sweep } from '../runtime/sweep.ts';

export const housekeepingSteps: LaneSteps<'housekeeping'> = {
  'chase-payments': chasePayments,
  'resume-work': resumeWork,
  'sweep-outbox': sweep,
};

const openWorld = deployedWorld<LaneUses<'housekeeping'>>({ books: openBooks });

export const handler = laneHandler('housekeeping', housekeepingSteps, openWorld);
