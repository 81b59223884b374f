/** One line of the quarantine as the API shows it, and whether a filter asks for it. */
import type * as z from 'zod';
import { present } from '#domain/assert.ts';
import type { quarantineView } from '#events/api/quarantine.ts';
import type { ArrivedEvent } from '../../rate-range/list-quarantined.ts';

export type QuarantineLine = z.input<typeof quarantineView>['data'][number];

export interface QuarantineFilter {
  readonly reason?: QuarantineLine['reason'] | undefined;
  readonly subject?: string | undefined;
}

export interface Found {
  readonly reason: QuarantineLine['reason'];
  /** At least one. */
  readonly events: readonly ArrivedEvent[];
  readonly settled?: readonly ArrivedEvent[];
}

export const isAskedFor = ({ reason, subject }: QuarantineFilter, found: Found): boolean =>
  (reason === undefined || reason === found.reason) &&
  (subject === undefined || found.events.some((event) => event.subject === subject));

export const quarantineLine = (
  { reason, events, settled = [] }: Found,
  by: { readonly run: string; readonly range: number } | undefined,
  mostShown = Infinity,
): QuarantineLine => {
  const times = events.map(({ time }) => time).sort();
  return {
    reason,
    subject: present(events[0], 'what is in quarantine is an event').subject,
    run: by?.run ?? null,
    range: by?.range ?? null,
    count: events.length,
    firstAt: present(times[0], 'an event has a time'),
    lastAt: present(times.at(-1), 'an event has a time'),
    events: events.slice(0, mostShown).map(eventView),
    settled: settled.map(eventView),
  };
};

const eventView = ({
  subject,
  source,
  id,
  type,
  time,
  data,
  arrivedAt,
}: ArrivedEvent): QuarantineLine['events'][number] => ({
  subject,
  source,
  id,
  type,
  time,
  data: { ...data },
  arrivedAt,
});
