/**
 * The attributes a queue can be given: their defaults, their limits, and what they mean as numbers. An attribute the
 * local queues do not honour (encryption, policies) is refused rather than stored and ignored.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
import * as z from 'zod';
import { nameInArn } from './address.ts';
import { refuse } from './refusal.ts';

/** Attributes as the protocol carries them: text, every one. */
export type AttributeTexts = Readonly<Record<string, string>>;

const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
};

const choices: Readonly<Record<string, readonly string[]>> = {
  FifoQueue: ['true'],
  ContentBasedDeduplication: ['true', 'false'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
};

const redrivePolicy = z.strictObject({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
});

export interface DeadLetters {
  /** Name of the queue that takes messages received too often. */
  readonly queue: string;
  readonly maxReceiveCount: number;
}

export const defaultAttributes: AttributeTexts = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
};

export const defaultFifoAttributes: AttributeTexts = {
  ...defaultAttributes,
  FifoQueue: 'true',
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  FifoThroughputLimit: 'perQueue',
};

/** Refuses attributes that are unknown, unsupported, out of range, or for FIFO queues only on a queue that is not. */
export function checkAttributes(attributes: AttributeTexts, isFifo: boolean): void {
  for (const [name, text] of Object.entries(attributes)) {
    const range = ranges[name];
    const choice = choices[name];
    if (range) checkRange(name, text, range);
    else if (choice) {
      if (!isFifo)
        refuse('InvalidAttributeName', `The attribute ${name} is for FIFO queues, whose names end in .fifo.`);
      if (!choice.includes(text)) refuseValue(name, text, `must be one of ${choice.join(', ')}`);
    } else if (name === 'RedrivePolicy') readDeadLetters(text);
    else refuse('InvalidAttributeName', `The local queues do not support the attribute ${name}.`);
  }
}

/** Reads a `RedrivePolicy`; an empty text is how the protocol takes the policy away. */
export function readDeadLetters(text: string | undefined): DeadLetters | undefined {
  if (!text) return undefined;
  const policy = redrivePolicy.safeParse(parseJson(text));
  if (!policy.success) refuseValue('RedrivePolicy', text, z.prettifyError(policy.error));
  return { queue: nameInArn(policy.data.deadLetterTargetArn), maxReceiveCount: policy.data.maxReceiveCount };
}

function checkRange(name: string, text: string, [least, most]: readonly [number, number]): void {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= least && value <= most)) refuseValue(name, text, `must be from ${least} to ${most}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function refuseValue(name: string, text: string, reason: string): never {
  refuse('InvalidAttributeValue', `Invalid value ${text} for the attribute ${name}: ${reason}.`);
}
