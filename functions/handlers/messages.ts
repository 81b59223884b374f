/** The messages lane as a Lambda: mails customers. */
import { laneHandler, type LaneSteps } from '../runtime/lane-handler.ts';
import { openDeployedWorld } from '../runtime/open-world.ts';
import { sendBill } from '../send-bill/send-bill.ts';
import { sendPaymentNotice } from '../send-payment-notice/send-payment-notice.ts';

export const messagesSteps: LaneSteps<'messages'> = { 'send-bill': sendBill, 'send-payment-notice': sendPaymentNotice };

export const handler = laneHandler('messages', messagesSteps, openDeployedWorld);
