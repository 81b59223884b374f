/** The billing lane as a Lambda: opens the night's run, rates, bills, closes. */
import { billRange } from '../bill-range/bill-range.ts';
import { closeBillingRun } from '../close-billing-run/close-billing-run.ts';
import { openBillingRun } from '../open-billing-run/open-billing-run.ts';
import { rateRange } from '../rate-range/rate-range.ts';
import { laneHandler, type LaneSteps } from '../runtime/lane-handler.ts';
import { openDeployedWorld } from '../runtime/open-world.ts';

export const billingSteps: LaneSteps<'billing'> = {
  'open-billing-run': openBillingRun,
  'rate-range': rateRange,
  'bill-range': billRange,
  'close-billing-run': closeBillingRun,
};

export const handler = laneHandler('billing', billingSteps, openDeployedWorld);
