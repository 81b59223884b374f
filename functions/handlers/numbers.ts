/** The numbers lane as a Lambda: gives documents their numbers, in order. */
import { numberInvoices } from '../number-invoices/number-invoices.ts';
import { deployedWorld } from '../runtime/deployed-world.ts';
import { laneHandler, type LaneSteps, type LaneUses } from '../runtime/lane-handler.ts';
import { openBooks } from '../runtime/openers/open-books.ts';

export const numbersSteps: LaneSteps<'numbers'> = { 'number-invoices': numberInvoices };

const openWorld = deployedWorld<LaneUses<'numbers'>>({ books: openBooks });

export const handler = laneHandler('numbers', numbersSteps, openWorld);
