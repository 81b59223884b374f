/**
 * The journal: what arrived when, packed, one item a request and never changed. Its
 * partition is the day it arrived and a shard, its place the time of arrival and
 * chance. Both are stamped anew at each try, so an item never lands far behind its
 * stamp; a request stored twice by a try whose answer was lost collapses when read.
 */
import { PutItemCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { inflateRawSync } from 'node:zlib';
import { assert, present } from '#domain/assert.ts';
import { isRefusal } from '#domain/refusal.ts';
import { Outage } from '#domain/outage.ts';
import { addDays, type Day, utcDay } from '#domain/time/day.ts';
import { epochMs, type Instant, instant, instantAt } from '#domain/time/instant.ts';
import { unpackUsage, type UsageColumns } from '#domain/usage/packed-usage.ts';
import { type Attempts, usageAttempts } from './usage-attempts.ts';
import { cachedLayout, type JournalLayout, readLayout, shardsOn } from './usage-layout.ts';
import { journalPartition, type UsageItem, type UsageTable } from './usage-table.ts';

export interface Arrived {
  readonly arrivedAtMs: number;
  readonly columns: UsageColumns;
}

export interface UsageJournal {
  readonly put: (piece: Uint8Array, within: Attempts) => Promise<void>;
  readonly read: (from: Instant, until: Instant) => AsyncIterable<Arrived>;
}

const keptSeconds = 400 * 86_400;
/** A request has at most 4 MB and packs into less; more than this out of 350 KB is damage. */
const mostInflatedBytes = 16 * 1024 * 1024;

/** `12:34:56.789` as `123456.789`. */
const stampOf = (moment: Instant): string => moment.slice(11, 23).replaceAll(':', '');

export const usageJournal = (usage: UsageTable): UsageJournal => {
  const { client, table, book, now, random } = usage;
  const layoutForWriting = cachedLayout(usage);

  const stampedNow = (piece: Uint8Array, layout: JournalLayout): UsageItem => {
    const atMs = now();
    const arrival = instantAt(atMs);
    const day = utcDay(arrival);
    const shard = Math.floor(random() * shardsOn(layout, day));
    const chance = Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
    return {
      pk: { S: journalPartition(book, day, shard) },
      sk: { S: `${stampOf(arrival)}#${chance}` },
      b: { B: piece },
      // Removes it long after it was needed; nothing depends on when.
      ttl: { N: String(Math.floor(atMs / 1000) + keptSeconds) },
    };
  };

  const put = async (piece: Uint8Array, within: Attempts): Promise<void> => {
    const layout = await layoutForWriting(within);
    await within.make('storing usage', (abortSignal) => {
      // A condition that fails is a twin of the same millisecond and chance, or our own try before: either way, tried again.
      const request = {
        TableName: table,
        Item: stampedNow(piece, layout),
        ConditionExpression: 'attribute_not_exists(pk)',
      };
      return client.send(new PutItemCommand(request), { abortSignal });
    });
  };

  async function* read(from: Instant, until: Instant): AsyncGenerator<Arrived> {
    if (from > until) return;
    const layout = await readLayout(usage, usageAttempts(usage));
    for (let day = utcDay(from); day <= utcDay(until); day = addDays(day, 1)) {
      const first = day === utcDay(from) ? stampOf(from) : '00';
      const last = day === utcDay(until) ? stampOf(until) : '24';
      for (let shard = 0; shard < shardsOn(layout, day); shard += 1) {
        // "~" sorts after "#" and every digit, so all items of the last millisecond are in.
        yield* readPartition(day, shard, [first, `${last}~`]);
      }
    }
  }

  async function* readPartition(
    day: Day,
    shard: number,
    [first, last]: readonly [string, string],
  ): AsyncGenerator<Arrived> {
    const key = {
      ':pk': { S: journalPartition(book, day, shard) },
      ':first': { S: first },
      ':last': { S: last },
    };
    let after: QueryCommandInput['ExclusiveStartKey'];
    do {
      const request = new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: key,
        ConsistentRead: true,
        ExclusiveStartKey: after,
      });
      const page = await usageAttempts(usage).make('reading the journal', (abortSignal) =>
        client.send(request, { abortSignal }),
      );
      for (const item of page.Items ?? []) yield arrivedIn(day, item);
      after = page.LastEvaluatedKey;
    } while (after !== undefined);
  }

  return { put, read };
};

const arrivedIn = (day: Day, { sk, b }: UsageItem): Arrived => {
  const stamp = present(sk?.S, 'an item of the journal has its place');
  const packed = inflateRawSync(present(b?.B, 'an item of the journal holds events'), {
    maxOutputLength: mostInflatedBytes,
  });
  const columns = unpackUsage(packed);
  // While versions change, a newer writer may be at work already: this reader stops, and one of its kind reads on.
  if (isRefusal(columns)) throw new Outage(columns.because);
  const arrivedAtMs = epochMs(instant(`${day}T${stamp.slice(0, 2)}:${stamp.slice(2, 4)}:${stamp.slice(4, 10)}Z`));
  assert(columns.count > 0, 'an item of the journal holds an event');
  return { arrivedAtMs, columns };
};
