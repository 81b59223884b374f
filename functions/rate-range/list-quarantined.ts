/** What a rating put in quarantine, as it is kept and shown: each event with its subject's name and the reason. */
import { instantAt } from '#domain/time/instant.ts';
import type { LoggedArrival, Quarantined } from '#domain/usage/rate-usage.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { UsageLog } from '../ports.ts';

export interface QuarantineEntry {
  readonly reason: Quarantined['reason'];
  /** The run and range that found it. */
  readonly run: string;
  readonly range: number;
  /** The events no quantity was made of: one, or every body of a conflicting identity. */
  readonly events: readonly ArrivedEvent[];
  /** Of a conflict, the bodies an earlier run rated, which stand. */
  readonly settled: readonly ArrivedEvent[];
}

export type ArrivedEvent = UsageEvent & { readonly arrivedAt: Instant };

export const listQuarantined = async (
  quarantined: readonly Quarantined[],
  { run, range }: { readonly run: string; readonly range: number },
  usageLog: UsageLog,
): Promise<readonly QuarantineEntry[]> => {
  const all = quarantined.flatMap((each) => [...each.events, ...settledOf(each)]);
  const subjects = await usageLog.subjectsOf([...new Set(all.map(({ point }) => point))]);
  const shown = ({ point, timeMs, arrivedAtMs, ...event }: LoggedArrival): ArrivedEvent => ({
    id: event.id,
    source: event.source,
    type: event.type,
    subject: subjects.get(point) ?? '',
    time: instantAt(timeMs),
    data: event.data,
    arrivedAt: instantAt(arrivedAtMs),
  });
  return quarantined.map((each) => ({
    reason: each.reason,
    run,
    range,
    events: each.events.map(shown),
    settled: settledOf(each).map(shown),
  }));
};

const settledOf = (each: Quarantined): readonly LoggedArrival[] => (each.reason === 'conflict' ? each.settled : []);
