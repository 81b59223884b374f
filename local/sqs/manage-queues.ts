/**
 * Queues made, found, changed, emptied and removed. A change holds at once; the real service takes up to a minute, and
 * also makes a name wait a minute between deletion and reuse, which nothing here does.
 */
import * as z from 'zod';
import { arnOfQueue, urlOfQueue } from './address.ts';
import type { Database } from './database.ts';
import { forgetExpired } from './move-messages.ts';
import { operation } from './operation.ts';
import * as attributes from './queue-attributes.ts';
import { allQueues, findQueue, isFifoName, queueAtUrl, refuseUnknownQueue, type Queue } from './queue.ts';
import { refuse } from './refusal.ts';
import { countMessages } from './visibility.ts';

const attributeTexts = z.record(z.string(), z.string());
const atUrl = z.strictObject({ QueueUrl: z.string() });

export const createQueue = operation(
  z.strictObject({
    QueueName: z
      .string()
      .regex(/^(?=.{1,80}$)[\w-]+(\.fifo)?$/, 'Must be 1 to 80 letters, digits, hyphens, underscores'),
    Attributes: attributeTexts.default({}),
  }),
  ({ QueueName, Attributes }, { database, now, origin }) => {
    const isFifo = isFifoName(QueueName);
    attributes.checkAttributes(Attributes, isFifo);
    if (isFifo && Attributes['FifoQueue'] !== 'true') {
      refuse('InvalidParameterValue', 'A name that ends in .fifo needs the attribute FifoQueue to be true.');
    }
    const existing = findQueue(database, QueueName);
    if (existing) refuseDifference(existing, Attributes);
    else {
      checkDeadLetterQueue(database, Attributes, isFifo);
      const all = { ...(isFifo ? attributes.defaultFifoAttributes : attributes.defaultAttributes), ...Attributes };
      database.sql.run`
        insert into queue (name, attributes, created_at, changed_at)
        values (${QueueName}, ${JSON.stringify(all)}, ${now()}, ${now()})`;
    }
    return { QueueUrl: urlOfQueue(origin, QueueName) };
  },
);

export const getQueueUrl = operation(z.strictObject({ QueueName: z.string() }), ({ QueueName }, context) => {
  const queue = findQueue(context.database, QueueName) ?? refuseUnknownQueue();
  return { QueueUrl: urlOfQueue(context.origin, queue.name) };
});

export const listQueues = operation(
  z.strictObject({ QueueNamePrefix: z.string().default('') }),
  ({ QueueNamePrefix }, { database, origin }) => ({
    QueueUrls: allQueues(database)
      .filter(({ name }) => name.startsWith(QueueNamePrefix))
      .map(({ name }) => urlOfQueue(origin, name)),
  }),
);

export const getQueueAttributes = operation(
  atUrl.extend({ AttributeNames: z.array(z.string()).default([]) }),
  ({ QueueUrl, AttributeNames }, { database, now }) => {
    const queue = queueAtUrl(database, QueueUrl);
    forgetExpired(database, queue, now());
    const counts = countMessages(database, queue.name, now());
    const known: attributes.AttributeTexts = {
      ...queue.attributes,
      QueueArn: arnOfQueue(queue.name),
      ApproximateNumberOfMessages: String(counts.visible),
      ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
      ApproximateNumberOfMessagesDelayed: String(counts.delayed),
      CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
      LastModifiedTimestamp: String(Math.floor(queue.changedAt / 1000)),
    };
    const names = AttributeNames.includes('All') ? Object.keys(known) : AttributeNames;
    return { Attributes: Object.fromEntries(names.flatMap((name) => knownAttribute(known, name))) };
  },
);

export const setQueueAttributes = operation(
  atUrl.extend({ Attributes: attributeTexts }),
  ({ QueueUrl, Attributes }, { database, now, longPolls }) => {
    const queue = queueAtUrl(database, QueueUrl);
    attributes.checkAttributes(Attributes, queue.isFifo);
    checkDeadLetterQueue(database, Attributes, queue.isFifo);
    const { RedrivePolicy, ...others } = { ...queue.attributes, ...Attributes };
    const all = RedrivePolicy ? { ...others, RedrivePolicy } : others;
    database.sql.run`
      update queue set attributes = ${JSON.stringify(all)}, changed_at = ${now()} where name = ${queue.name}`;
    longPolls.wake(queue.name);
    return {};
  },
);

export const purgeQueue = operation(atUrl, ({ QueueUrl }, { database }) => {
  database.sql.run`delete from message where queue = ${queueAtUrl(database, QueueUrl).name}`;
  return {};
});

export const deleteQueue = operation(atUrl, ({ QueueUrl }, { database, longPolls }) => {
  const { name } = queueAtUrl(database, QueueUrl);
  database.sql.run`delete from queue where name = ${name}`;
  longPolls.wake(name);
  return {};
});

/** Making a queue that exists is no error as long as the request does not ask for something else. */
function refuseDifference(queue: Queue, asked: attributes.AttributeTexts): void {
  const different = Object.keys(asked).find((name) => queue.attributes[name] !== asked[name]);
  if (different === undefined) return;
  refuse('QueueNameExists', `A queue of this name exists with a different value for the attribute ${different}.`);
}

function checkDeadLetterQueue(database: Database, asked: attributes.AttributeTexts, isFifo: boolean): void {
  const policy = asked['RedrivePolicy'] ?? '';
  const deadLetters = attributes.readDeadLetters(policy);
  if (deadLetters && findQueue(database, deadLetters.queue)?.isFifo !== isFifo) {
    attributes.refuseValue('RedrivePolicy', policy, 'the dead-letter queue does not exist or is of the other type');
  }
}

/** FIFO and redrive attributes have a name everywhere and a value only where they apply. */
function knownAttribute(known: attributes.AttributeTexts, name: string): [string, string][] {
  const value = known[name];
  if (value !== undefined) return [[name, value]];
  if (name === 'RedrivePolicy' || name in attributes.defaultFifoAttributes) return [];
  return refuse('InvalidAttributeName', `Unknown attribute ${name}.`);
}
