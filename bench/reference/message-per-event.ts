/** R1, the typical handler: every event its own SQS message, ten a batch. */
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type ReferenceHandler, referenceHandler } from './reference-handler.ts';

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/0/usage';

export const messagePerEvent = (client: SQSClient): ReferenceHandler =>
  referenceHandler(async (events) => {
    const batches = Array.from({ length: Math.ceil(events.length / 10) }, (_, n) => events.slice(n * 10, n * 10 + 10));
    await Promise.all(
      batches.map(async (batch) => {
        const Entries = batch.map((event, i) => ({ Id: String(i), MessageBody: JSON.stringify(event) }));
        const { Failed } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
        if (Failed !== undefined && Failed.length > 0) throw new Error(`${Failed.length} messages were not taken`);
      }),
    );
  });
