/**
 * Numbers of usage points that this process has seen, in bounded memory: two
 * generations, of which the younger takes what is used and the elder is dropped when
 * the younger is full. What was used lately stays, for one look-up in a Map.
 */
import { Buffer } from 'node:buffer';

export interface UsagePointCache {
  readonly get: (subject: string) => number | undefined;
  readonly set: (subject: string, number: number) => void;
}

export const usagePointCache = (limit: number): UsagePointCache => {
  let younger = new Map<string, number>();
  let elder = new Map<string, number>();
  const set = (subject: string, number: number) => {
    if (younger.size >= limit / 2) {
      elder = younger;
      younger = new Map();
    }
    younger.set(subject, number);
  };
  return {
    get: (subject) => {
      const young = younger.get(subject);
      if (young !== undefined) return young;
      const old = elder.get(subject);
      if (old !== undefined) set(ownText(subject), old);
      return old;
    },
    set: (subject, number) => {
      set(ownText(subject), number);
    },
  };
};

/** A copy: a text cut out of a request's body would keep all of that body in memory. */
const ownText = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
