/**
 * Usage points under small numbers, so that an event of the log holds four bytes and
 * not a name. A subject's number is the first free one from a hash of it on, taken by
 * put-if-absent and never given back: so it is found without an index, the same for
 * all who look, and a subject whose chain ends at a free number has none.
 */
import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { present } from '#domain/assert.ts';
import { sha256 } from '#domain/sha256.ts';
import type { Attempts } from './usage-attempts.ts';
import { numberKey, readItems, type UsageTable } from './usage-table.ts';
import { type UsagePointCache, usagePointCache } from './usage-point-cache.ts';

export interface UsagePoints {
  /** The number of each subject, in their order; those without one are given theirs. */
  readonly intern: (subjects: readonly string[], within: Attempts) => Promise<Uint32Array>;
  readonly numbersOf: (subjects: readonly string[], within: Attempts) => Promise<ReadonlyMap<string, number>>;
  readonly subjectsOf: (numbers: readonly number[], within: Attempts) => Promise<ReadonlyMap<number, string>>;
}

/** About 10 MB of a process's memory. */
const mostCached = 100_000;
const claimsAtOnce = 25;

const firstNumber = (subject: string): number => parseInt(sha256(subject).slice(0, 8), 16);
const nextNumber = (number: number): number => (number + 1) >>> 0;

interface Probe {
  readonly subject: string;
  readonly number: number;
}

export const usagePoints = (usage: UsageTable): UsagePoints => {
  const cache: UsagePointCache = usagePointCache(mostCached);

  const subjectsOf = async (numbers: readonly number[], within: Attempts): Promise<Map<number, string>> => {
    const keys = [...new Set(numbers)].map((number) => numberKey(usage.book, number));
    const items = await readItems(usage, keys, within);
    return new Map(
      items.map(({ number, subject }) => [Number(number?.N), present(subject?.S, 'a number names its subject')]),
    );
  };

  /** Follows each chain to its subject's number; what a chain's free end stands for is the caller's to say. */
  const find = async (
    subjects: readonly string[],
    within: Attempts,
    atFreeNumber?: (probe: Probe) => Promise<boolean>,
  ) => {
    const found = new Map<string, number>();
    const keep = ({ subject, number }: Probe) => {
      found.set(subject, number);
      cache.set(subject, number);
    };
    let probes: readonly Probe[] = [...new Set(subjects)].map((subject) => ({ subject, number: firstNumber(subject) }));
    while (probes.length > 0) {
      const holders = await subjectsOf(
        probes.map(({ number }) => number),
        within,
      );
      const free = probes.filter(({ number }) => !holders.has(number));
      probes.filter(({ subject, number }) => holders.get(number) === subject).forEach(keep);
      const next: Probe[] = probes.filter(
        ({ subject, number }) => holders.has(number) && holders.get(number) !== subject,
      );
      probes = next.map(({ subject, number }) => ({ subject, number: nextNumber(number) }));
      if (atFreeNumber === undefined) continue;
      for (let at = 0; at < free.length; at += claimsAtOnce) {
        await Promise.all(
          free.slice(at, at + claimsAtOnce).map(async (probe) => {
            if (await atFreeNumber(probe)) keep(probe);
            // Somebody else has just taken it, maybe for this very subject: looked at again.
            else probes = [...probes, probe];
          }),
        );
      }
    }
    return found;
  };

  /** Takes a free number for a subject. An answer that was lost is found out by looking again. */
  const claim = ({ subject, number }: Probe, { make }: Attempts): Promise<boolean> =>
    make('numbering a usage point', async (abortSignal) => {
      const request = new PutItemCommand({
        TableName: usage.table,
        Item: { ...numberKey(usage.book, number), number: { N: String(number) }, subject: { S: subject } },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return usage.client.send(request, { abortSignal }).then(
        () => true,
        (error: unknown) => (error instanceof ConditionalCheckFailedException ? false : Promise.reject(error as Error)),
      );
    });

  return {
    intern: async (subjects, within) => {
      const numbers = new Uint32Array(subjects.length);
      const unknown: number[] = [];
      subjects.forEach((subject, place) => {
        const number = cache.get(subject);
        if (number === undefined) unknown.push(place);
        else numbers[place] = number;
      });
      if (unknown.length === 0) return numbers;
      const named = unknown.map((place) => present(subjects[place], 'a place of the list'));
      const found = await find(named, within, (probe) => claim(probe, within));
      unknown.forEach((place, i) => {
        numbers[place] = present(found.get(named[i] ?? ''), 'every subject was given a number');
      });
      return numbers;
    },
    numbersOf: (subjects, within) => find(subjects, within),
    subjectsOf,
  };
};
