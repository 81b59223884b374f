/** The billing lane as a Lambda: opens the night's run, rates, bills, closes. */
import { billRange } from '../bill-range/bill-range.ts';
import { closeBillingRun } from '../close-billing-run/close-billing-run.ts';
import { openBillingRun } from '../open-billing-run/open-billing-run.ts';
import { rateRange } from '../rate-range/rate-range.ts';
import { deployedWorld } from '../runtime/deployed-world.ts';
import { laneHandler, type LaneSteps, type LaneUses } from '../runtime/lane-handler.ts';
import { openBooks } from '../runtime/openers/open-books.ts';
import { openUsageLog } from '../runtime/openers/open-usage-log.ts';

export const billingSteps: LaneSteps<'billing'> = {
  'open-billing-run': openBillingRun,
  'rate-range': rateRange,
  'bill-range': billRange,
  'close-billing-run': closeBillingRun,
};

const openWorld = deployedWorld<LaneUses<'billing'>>({ books: openBooks, usageLog: openUsageLog });

export const handler = laneHandler('billing', billingSteps, openWorld);
