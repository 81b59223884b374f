/**
 * Events of one request under their identity, (source, id). Repeats with an equal
 * body collapse to one; where bodies differ nobody can tell which is right, so none
 * of them stays and each is named for a person to see.
 */
import type { UsageEvent } from '#domain/usage/usage-event.ts';

export interface Collapsed {
  /** Each identity once, in the order they came. */
  readonly events: readonly UsageEvent[];
  /** How many events beyond the first of their identity were equal to it. */
  readonly duplicates: number;
  /** Places, among the events given, of all whose identity has more than one body. */
  readonly conflicting: readonly number[];
}

export const collapseUsageRepeats = (events: readonly UsageEvent[]): Collapsed => {
  const bySource = new Map<string, Map<string, number>>();
  /** Places of later ones → place of the first of their identity; empty for nearly every request. */
  const repeats = new Map<number, number>();
  const disputed = new Set<number>();
  events.forEach((event, place) => {
    const ids = bySource.get(event.source) ?? new Map<string, number>();
    const first = ids.get(event.id);
    if (first === undefined) {
      if (ids.size === 0) bySource.set(event.source, ids);
      ids.set(event.id, place);
      return;
    }
    repeats.set(place, first);
    if (!sameBody(events[first], event)) disputed.add(first);
  });
  if (repeats.size === 0) return { events, duplicates: 0, conflicting: [] };
  const conflicting = events.flatMap((_, place) => (disputed.has(repeats.get(place) ?? place) ? [place] : []));
  return {
    events: events.filter((_, place) => !repeats.has(place) && !disputed.has(place)),
    duplicates: [...repeats.values()].filter((first) => !disputed.has(first)).length,
    conflicting,
  };
};

/** Whether two events of one identity say the same, letter for letter. */
const sameBody = (a: UsageEvent | undefined, b: UsageEvent): boolean => {
  if (a?.type !== b.type || a.subject !== b.subject || a.time !== b.time) return false;
  const names = Object.keys(a.data);
  return names.length === Object.keys(b.data).length && names.every((name) => a.data[name] === b.data[name]);
};
