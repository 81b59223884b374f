/**
 * The events of the log as an auditor with a pencil would list them: one object a
 * distinct body, with when it first arrived and how often it came. No fingerprints, no
 * columns: texts are compared as texts, so that what production's fast merge says can
 * be held against it.
 */
import { canonicalHash } from '../canonical.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import type { JournalEvent } from './snapshot.ts';

export interface Body extends UsageEvent {
  /** (source, id) as one text. */
  readonly identity: string;
  /** Identity and content as one text: two events are repeats where these agree. */
  readonly text: string;
  /** When it first arrived. */
  readonly arrivedAt: JournalEvent['arrivedAt'];
  readonly copies: number;
}

/** What a client notes of an event it was acknowledged, and what is looked for in the log. */
export const usageBodyHash = ({ id, source, type, subject, time, data }: UsageEvent): string =>
  canonicalHash({ id, source, type, subject, time, data });

export const bodyText = ({ id, source, type, subject, time, data }: UsageEvent): string =>
  JSON.stringify([source, id, subject, type, time, Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))]);

export const distinctBodies = (journal: readonly JournalEvent[]): readonly Body[] => {
  const bodies = new Map<string, Body>();
  for (const event of journal) {
    const text = bodyText(event);
    const known = bodies.get(text);
    const arrivedAt = known === undefined || event.arrivedAt < known.arrivedAt ? event.arrivedAt : known.arrivedAt;
    const identity = JSON.stringify([event.source, event.id]);
    bodies.set(text, { ...event, identity, text, arrivedAt, copies: (known?.copies ?? 0) + 1 });
  }
  return [...bodies.values()];
};
