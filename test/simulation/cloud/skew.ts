/**
 * What a rolling deployment does to a message: code of before meets a step it has not
 * heard of, and code of now meets fields that later code will add. The first must give
 * the message back unharmed for code that knows it; the second must read past them.
 */
import type { SQSRecord } from 'aws-lambda';
import type { LaneMessageBody } from '#functions/lane-message.ts';
import type { Faults } from '../engine/faults.ts';

export const skewed = (record: SQSRecord, faults: Faults): SQSRecord => {
  if (faults.strikes('skew.unknown-step')) return withBody(record, ({ step }) => ({ step: `${step}-of-later` }));
  if (faults.strikes('skew.added-fields'))
    return withBody(record, ({ data }) => ({
      data: { ...(data as object), addedLater: ['unknown'] },
      traceparent: '00-0',
    }));
  return record;
};

const withBody = (record: SQSRecord, change: (body: LaneMessageBody) => object): SQSRecord => {
  const body = JSON.parse(record.body) as LaneMessageBody;
  return { ...record, body: JSON.stringify({ ...body, ...change(body) }) };
};
