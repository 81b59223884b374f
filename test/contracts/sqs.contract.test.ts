/** What producers and consumers of standard queues rely on, asked through the AWS SDK. */
import * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { openSqs } from './sqs-endpoint.ts';

const bodies = (messages: readonly sqs.Message[]): (string | undefined)[] => messages.map(({ Body }) => Body);
const oneMebibyte = 1_048_576;

test('a message arrives with its attributes and checksums', async () => {
  const { client, createQueue, receive } = await openSqs();
  const QueueUrl = await createQueue('usage');
  const sent = await client.send(
    new sqs.SendMessageCommand({
      QueueUrl,
      MessageBody: 'héllo 漢字 😀',
      MessageAttributes: {
        tenant: { DataType: 'String', StringValue: 'acme' },
        bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
      },
    }),
  );
  const [message] = await receive(QueueUrl);
  expect(message).toMatchObject({
    MessageId: sent.MessageId,
    Body: 'héllo 漢字 😀',
    MD5OfBody: sent.MD5OfMessageBody,
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    MessageAttributes: { tenant: { DataType: 'String', StringValue: 'acme' } },
    Attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.parse('2026-01-01T00:00:00Z')) },
  });
  expect([...(message?.MessageAttributes?.['bytes']?.BinaryValue ?? [])]).toEqual([0, 255]);
});

test('a received message stays hidden for its timeout, then returns with its count raised', async () => {
  const { client, createQueue, receive, advance } = await openSqs();
  const QueueUrl = await createQueue('usage', { VisibilityTimeout: '45' });
  await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  const [first] = await receive(QueueUrl);
  advance(44);
  expect(await receive(QueueUrl)).toEqual([]);
  advance(1);
  const [second] = await receive(QueueUrl);
  expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
  expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);

  // The first delivery no longer holds the message; deleting through it is accepted and does nothing.
  await client.send(new sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
  advance(45);
  const [third] = await receive(QueueUrl);
  const deletion = { QueueUrl, ReceiptHandle: third?.ReceiptHandle };
  await client.send(new sqs.DeleteMessageCommand(deletion));
  await client.send(new sqs.DeleteMessageCommand(deletion));
  advance(3600);
  expect(await receive(QueueUrl)).toEqual([]);
});

test('visibility can be prolonged and given up', async () => {
  const { client, createQueue, receive, advance } = await openSqs();
  const QueueUrl = await createQueue('usage');
  await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  const [message] = await receive(QueueUrl);
  const change = (VisibilityTimeout: number): Promise<unknown> =>
    client.send(
      new sqs.ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }),
    );
  await change(7200);
  advance(7199);
  expect(await receive(QueueUrl)).toEqual([]);
  await change(0);
  await expect(change(10)).rejects.toThrow(sqs.MessageNotInflight);
  expect(bodies(await receive(QueueUrl))).toEqual(['a']);
  await expect(change(10)).rejects.toThrow(/not available/);
});

test('delays of message and queue hold a message back', async () => {
  const { client, createQueue, receive, advance } = await openSqs();
  const QueueUrl = await createQueue('later', { DelaySeconds: '10' });
  await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'queue' }));
  await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'own', DelaySeconds: 900 }));
  await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'none', DelaySeconds: 0 }));
  expect(bodies(await receive(QueueUrl, { VisibilityTimeout: 43_200 }))).toEqual(['none']);
  advance(10);
  expect(bodies(await receive(QueueUrl, { VisibilityTimeout: 43_200 }))).toEqual(['queue']);
  advance(890);
  expect(bodies(await receive(QueueUrl))).toEqual(['own']);
});

test('a waiting consumer is woken by an arrival', async () => {
  const { client, createQueue, receive } = await openSqs();
  const QueueUrl = await createQueue('usage');
  const startedAt = performance.now();
  const waiting = receive(QueueUrl, { WaitTimeSeconds: 20 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  expect(bodies(await waiting)).toEqual(['a']);
  expect(performance.now() - startedAt).toBeLessThan(5000);
});

test('a consumer waits as long as it asked, then goes empty-handed', async () => {
  const { createQueue, receive } = await openSqs();
  const QueueUrl = await createQueue('usage', { ReceiveMessageWaitTimeSeconds: '20' });
  const startedAt = performance.now();
  expect(await receive(QueueUrl, { WaitTimeSeconds: 1 })).toEqual([]);
  expect(performance.now() - startedAt).toBeGreaterThan(990);
});

test('a consumer that hangs up takes no message with it', async () => {
  const { client, createQueue, receive } = await openSqs();
  const QueueUrl = await createQueue('usage');
  const hangUp = new AbortController();
  const waiting = client.send(new sqs.ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
    abortSignal: hangUp.signal,
  });
  const outcome = expect(waiting).rejects.toThrow(/abort/i);
  await new Promise((resolve) => setTimeout(resolve, 100));
  hangUp.abort();
  await outcome;
  await new Promise((resolve) => setTimeout(resolve, 100));
  await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  expect(bodies(await receive(QueueUrl))).toEqual(['a']);
});

test('each entry of a batch has its own outcome', async () => {
  const { client, createQueue, receive } = await openSqs();
  const QueueUrl = await createQueue('usage');
  const Entries = [
    { Id: 'good', MessageBody: 'a' },
    { Id: 'late', MessageBody: 'b', DelaySeconds: 901 },
    { Id: 'control', MessageBody: 'c\u0000' },
    { Id: 'also-good', MessageBody: 'd' },
  ];
  const sent = await client.send(new sqs.SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['good', 'also-good']);
  expect(sent.Failed).toMatchObject([
    { Id: 'late', Code: 'InvalidParameterValue', SenderFault: true },
    { Id: 'control', Code: 'InvalidMessageContents', SenderFault: true },
  ]);
  const messages = await receive(QueueUrl);
  expect(bodies(messages)).toEqual(['a', 'd']);

  const [held, given] = messages.map(({ ReceiptHandle }) => ReceiptHandle);
  const hidden = await client.send(
    new sqs.ChangeMessageVisibilityBatchCommand({
      QueueUrl,
      Entries: [{ Id: 'd', ReceiptHandle: given, VisibilityTimeout: 0 }],
    }),
  );
  expect(hidden.Successful).toEqual([{ Id: 'd' }]);
  const deleted = await client.send(
    new sqs.DeleteMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'a', ReceiptHandle: held },
        { Id: 'forged', ReceiptHandle: 'forged' },
      ],
    }),
  );
  expect(deleted).toMatchObject({
    Successful: [{ Id: 'a' }],
    Failed: [{ Id: 'forged', Code: 'ReceiptHandleIsInvalid' }],
  });
  expect(bodies(await receive(QueueUrl))).toEqual(['d']);
});

test('a batch against the rules is refused whole', async () => {
  const { client, createQueue, queues } = await openSqs();
  const QueueUrl = await createQueue('usage');
  const send = (Entries: sqs.SendMessageBatchRequestEntry[]): Promise<unknown> =>
    client.send(new sqs.SendMessageBatchCommand({ QueueUrl, Entries }));
  const entries = (count: number, MessageBody: string): sqs.SendMessageBatchRequestEntry[] =>
    Array.from({ length: count }, (_, index) => ({ Id: `entry-${index}`, MessageBody }));
  await expect(send([])).rejects.toThrow(sqs.EmptyBatchRequest);
  await expect(send(entries(11, 'x'))).rejects.toThrow(sqs.TooManyEntriesInBatchRequest);
  await expect(send([...entries(1, 'x'), ...entries(1, 'y')])).rejects.toThrow(sqs.BatchEntryIdsNotDistinct);
  await expect(send([{ Id: 'a b', MessageBody: 'x' }])).rejects.toThrow(sqs.InvalidBatchEntryId);
  await expect(send(entries(3, 'x'.repeat(400_000)))).rejects.toThrow(sqs.BatchRequestTooLong);
  expect(queues.counts()).toEqual({ usage: { visible: 0, inFlight: 0, delayed: 0 } });
});

test('a message may be one mebibyte long, attributes included, and no longer', async () => {
  const { client, createQueue, receive } = await openSqs();
  const QueueUrl = await createQueue('usage');
  // tenant 6 + String 6 + acme 4 = 16 bytes.
  const MessageAttributes = { tenant: { DataType: 'String', StringValue: 'acme' } };
  const MessageBody = 'x'.repeat(oneMebibyte - 16);
  await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes }));
  const tooLong = new sqs.SendMessageCommand({ QueueUrl, MessageBody: `${MessageBody}x`, MessageAttributes });
  await expect(client.send(tooLong)).rejects.toThrow(/shorter than 1048576 bytes/);
  expect((await receive(QueueUrl)).map(({ Body }) => Body?.length)).toEqual([oneMebibyte - 16]);
});

test('what the queues do not know they refuse by name', async () => {
  const { client, createQueue } = await openSqs();
  const QueueUrl = await createQueue('usage');
  await expect(client.send(new sqs.ListQueueTagsCommand({ QueueUrl }))).rejects.toThrow(sqs.UnsupportedOperation);
  await expect(client.send(new sqs.ListQueuesCommand({ MaxResults: 5 }))).rejects.toThrow(/parameter MaxResults/);
  await expect(createQueue('secret', { KmsMasterKeyId: 'alias/x' })).rejects.toThrow(/attribute KmsMasterKeyId/);
  await expect(createQueue('slow', { VisibilityTimeout: '43201' })).rejects.toThrow(sqs.InvalidAttributeValue);
  await expect(createQueue('a b')).rejects.toThrow(/QueueName/);
  const missing = new sqs.SendMessageCommand({ QueueUrl: `${QueueUrl}x`, MessageBody: 'a' });
  await expect(client.send(missing)).rejects.toThrow(sqs.QueueDoesNotExist);
});

test('queues are made once, found, changed, emptied and removed', async () => {
  const { client, createQueue, receive } = await openSqs();
  const QueueUrl = await createQueue('usage', { VisibilityTimeout: '60' });
  expect(await createQueue('usage', { VisibilityTimeout: '60' })).toBe(QueueUrl);
  await expect(createQueue('usage', { VisibilityTimeout: '61' })).rejects.toThrow(sqs.QueueNameExists);
  await createQueue('invoices');
  const listed = await client.send(new sqs.ListQueuesCommand({ QueueNamePrefix: 'us' }));
  expect(listed.QueueUrls).toEqual([QueueUrl]);
  expect((await client.send(new sqs.GetQueueUrlCommand({ QueueName: 'usage' }))).QueueUrl).toBe(QueueUrl);

  for (const [MessageBody, DelaySeconds] of [['a'], ['b'], ['c', 60]] as const) {
    await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));
  }
  await receive(QueueUrl, { MaxNumberOfMessages: 1 });
  await client.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '90' } }));
  const all = await client.send(new sqs.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(all.Attributes).toMatchObject({
    QueueArn: 'arn:aws:sqs:us-east-1:000000000000:usage',
    VisibilityTimeout: '90',
    ApproximateNumberOfMessages: '1',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '1',
  });
  await client.send(new sqs.PurgeQueueCommand({ QueueUrl }));
  expect(await receive(QueueUrl)).toEqual([]);
  await client.send(new sqs.DeleteQueueCommand({ QueueUrl }));
  await expect(receive(QueueUrl)).rejects.toThrow(sqs.QueueDoesNotExist);
});
