/** Usage lost, doubled or put where it does not belong. */
import type { Exhibit } from '../exhibit.ts';

const rates = 'domain/usage/rate-usage.test.ts';
const scopes = 'functions/rate-range/usage-scope-of.test.ts';
const books = 'test/contracts/books.contract.test.ts';
const log = 'test/contracts/usage-log.contract.test.ts';

export const usage: readonly Exhibit[] = [
  {
    ...{ row: 43, starred: true, patch: '43-unknown-events-vanish' },
    where: 'getlago/lago#637',
    putBack: 'An event that no meter reads is counted and shown to nobody.',
    breaks: ['I1'],
    caughtBy: [
      { by: 'test', file: rates, name: 'of a type no meter names is kept with that reason' },
      { by: 'test', file: 'domain/usage/rate-usage.laws.test.ts', name: 'equals the plain fold' },
    ],
  },
  {
    ...{ row: 44, starred: true, patch: '44-reported-again-under-a-new-id' },
    where: 'langfuse/langfuse#15917',
    putBack: 'Each request gives its events ids of its own, so one sent again counts again.',
    breaks: ['I1', 'I2', 'I3'],
    caughtBy: [
      {
        by: 'test',
        file: 'test/stories/usage-twice.story.test.ts',
        name: 'Usage sent twice is billed once, whenever it comes again',
      },
      { by: 'simulation', scenario: 'ingest', seeds: [1, 5] },
    ],
  },
  {
    ...{ row: 46, starred: true, patch: '46-failed-messages-ignored' },
    where: 'aws-samples/sample-voice-of-customer-datalake#304',
    putBack: 'What a batch of messages names as failed is not looked at.',
    breaks: ['I6', 'I10', 'I36', 'I37'],
    caughtBy: [{ by: 'simulation', scenario: 'everything', seeds: [1, 20] }],
  },
  {
    ...{ row: 47, starred: true, patch: '47-only-the-first-page' },
    where: 'aws/aws-cli#1423, gchq/sleeper#8215, boto/boto#2573',
    putBack: 'The journal is read to the end of its first page.',
    breaks: ['I1', 'I3', 'I6'],
    caughtBy: [
      { by: 'test', file: log, name: 'every page is drained, be a page one item' },
      { by: 'simulation', scenario: 'ingest', seeds: [9, 16] },
    ],
  },
  {
    ...{ row: 47, starred: true, patch: '47-a-list-of-one-page' },
    where: 'aws/aws-cli#1423, gchq/sleeper#8215, boto/boto#2573',
    putBack: 'Lists of records are read to the end of their first page.',
    breaks: ['I6', 'I10'],
    caughtBy: [{ by: 'test', file: books, name: 'pages of one are drained' }],
  },
  {
    ...{ row: 49, patch: '49-late-for-the-draft' },
    where: 'authgear/authgear-server#2168',
    putBack: 'Usage that arrives between the cut-off and the draft counts as settled.',
    breaks: ['I1', 'I4'],
    caughtBy: [{ by: 'simulation', scenario: 'ingest', seeds: [1, 20] }],
  },
  {
    ...{ row: 50, patch: '50-put-in-the-month-before' },
    where: 'getlago/lago-api#4082',
    putBack: 'An event of the first minute of a month is put into the month before.',
    breaks: ['I4'],
    caughtBy: [
      { by: 'test', file: rates, name: 'a window' },
      { by: 'test', file: 'domain/usage/rate-usage.laws.test.ts', name: 'equals the plain fold' },
    ],
  },
  {
    ...{ row: 52, patch: '52-repeats-dropped-in-a-request-only' },
    where: 'PostHog/posthog#17168, getlago/lago-api#4725, flexprice/flexprice#2763, #602',
    putBack: 'Repeats collapse within a request and not across requests.',
    breaks: ['I2', 'I3'],
    caughtBy: [
      { by: 'test', file: 'domain/usage/rate-usage.laws.test.ts', name: 'equals the plain fold' },
      { by: 'simulation', scenario: 'ingest', seeds: [1, 5] },
    ],
  },
  {
    ...{ row: 53, patch: '53-usage-from-before-the-start' },
    where: 'polarsource/polar#5345',
    putBack: 'The first period takes in all usage before it.',
    breaks: ['I4'],
    caughtBy: [
      { by: 'test', file: scopes, name: 'begin with the subscription, however long the point was theirs before' },
    ],
  },
  {
    ...{ row: 55, patch: '55-failures-of-a-batch-ignored' },
    where: 'bbc/sqs-consumer#193, useautumn/autumn#2415',
    putBack: 'What failed of a batch is not said, so the queue deletes it with the rest.',
    breaks: ['I6', 'I36'],
    caughtBy: [{ by: 'test', file: 'test/runtime/lane-handler.test.ts', name: 'returns only what failed' }],
  },
  {
    ...{ row: 56, patch: '56-unprocessed-keys-forgotten' },
    where: 'boto/boto3#1424',
    putBack: 'Keys that the store leaves unprocessed are not asked for again.',
    breaks: ['I6', 'I10', 'I37', 'I38'],
    caughtBy: [{ by: 'test', file: books, name: 'keys that the store leaves unprocessed are asked for again' }],
  },
  {
    ...{ row: 58, patch: '58-one-time-for-the-batch' },
    where: 'networknext/next#2354',
    putBack: 'All events of a request get the time of its first.',
    breaks: ['I1', 'I4'],
    caughtBy: [
      { by: 'test', file: log, name: 'what was appended comes back letter for letter' },
      { by: 'simulation', scenario: 'ingest', seeds: [1, 5] },
    ],
  },
  {
    ...{ row: 59, patch: '59-one-bad-customer-ends-the-batch' },
    where: 'BasedHardware/omi#12530',
    putBack: 'Whoever stands behind a customer that cannot be billed is not looked at.',
    breaks: ['I10', 'I38'],
    caughtBy: [
      { by: 'test', file: 'test/runtime/commit.test.ts', name: 'parks the item that throws and answers the others' },
    ],
  },
];
