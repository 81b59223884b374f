/** R2, the same libraries used with care: all events of a request in one compressed message. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { deflateRawSync } from 'node:zlib';
import { type ReferenceHandler, referenceHandler } from './reference-handler.ts';

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/0/usage';

export const messagePerRequest = (client: SQSClient): ReferenceHandler =>
  referenceHandler(async (events) => {
    const MessageBody = deflateRawSync(JSON.stringify(events)).toString('base64');
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  });
