/** The numbers lane as a Lambda: gives documents their numbers, in order. */
import { numberInvoices } from '../number-invoices/number-invoices.ts';
import { laneHandler, type LaneSteps } from '../runtime/lane-handler.ts';
import { openDeployedWorld } from '../runtime/open-world.ts';

export const numbersSteps: LaneSteps<'numbers'> = { 'number-invoices': numberInvoices };

export const handler = laneHandler('numbers', numbersSteps, openDeployedWorld);
