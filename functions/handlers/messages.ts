/** The messages lane as a Lambda: mails customers. */
import { deployedWorld } from '../runtime/deployed-world.ts';
import { laneHandler, type LaneSteps, type LaneUses } from '../runtime/lane-handler.ts';
import { openBooks } from '../runtime/openers/open-books.ts';
import { openDocuments } from '../runtime/openers/open-documents.ts';
import { openMail } from '../runtime/openers/open-mail.ts';
import { sendBill } from '../send-bill/send-bill.ts';
import { sendPaymentNotice } from '../send-payment-notice/send-payment-notice.ts';

export const messagesSteps: LaneSteps<'messages'> = { 'send-bill': sendBill, 'send-payment-notice': sendPaymentNotice };

const openWorld = deployedWorld<LaneUses<'messages'>>({ books: openBooks, documents: openDocuments, mail: openMail });

export const handler = laneHandler('messages', messagesSteps, openWorld);
