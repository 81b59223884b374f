/** Lets the billing and numbers lanes work on what was told, with their production handlers, until nothing waits. */
import type { SQSEvent } from 'aws-lambda';
import { billingSteps } from '#functions/handlers/billing.ts';
import { numbersSteps } from '#functions/handlers/numbers.ts';
import { laneHandler } from '#functions/runtime/lane-handler.ts';
import type { ApiWorld } from './api-world.ts';

export const workLanes = async ({ world, sent }: ApiWorld): Promise<void> => {
  const handlers = {
    billing: laneHandler('billing', billingSteps, () => world),
    numbers: laneHandler('numbers', numbersSteps, () => world),
  };
  for (let at = 0; at < sent.length; at += 1) {
    const message = sent[at]!;
    if (message.lane !== 'billing' && message.lane !== 'numbers') continue;
    const record = {
      messageId: String(at),
      body: JSON.stringify(message.body),
      attributes: { ApproximateReceiveCount: '1', MessageGroupId: message.group },
    };
    const answer = await handlers[message.lane]({ Records: [record] } as unknown as SQSEvent);
    if ('batchItemFailures' in answer && answer.batchItemFailures.length > 0)
      throw new Error(`lane ${message.lane} failed on ${message.body.step}`);
  }
  sent.length = 0;
};
