/** A message on a lane's queue: which step is to run, and what it is told. */
import * as z from 'zod';
import { present } from '#domain/assert.ts';
import { parseInstant } from '#domain/time/instant.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import { flow, type StepName, stepNames } from './flow.ts';
import type { FlowRow } from './flow-row.ts';
import type { LaneName } from './lanes.ts';

export const laneMessageBody = z.object({
  /** The same however often it is sent. */
  id: z.string(),
  step: z.string(),
  name: z.string(),
  data: z.unknown(),
});

/** What a schedule says: the time it meant, which EventBridge writes without milliseconds. */
export const scheduleData = z.object({
  at: z.string().transform((text) => present(parseInstant(text), `"${text}" is the time a schedule meant`)),
});

export type LaneMessageBody = z.infer<typeof laneMessageBody>;

export interface LaneMessage {
  readonly lane: LaneName;
  /** Messages of one group are handled one after the other where the lane keeps order. */
  readonly group: string;
  readonly body: LaneMessageBody;
}

/** The steps that hear an event, resolved when it is published. */
export const hearersOf = (name: string): readonly StepName[] =>
  stepNames.filter((step) =>
    (flow[step] as FlowRow).on.some(
      (trigger) => trigger.on === 'events' && (trigger.names as readonly string[]).includes(name),
    ),
  );

export const messagesFor = (event: DomainEvent & { readonly id: string }): readonly LaneMessage[] =>
  hearersOf(event.name).map((step) => ({
    lane: flow[step].lane,
    group: 'series' in event.data ? event.data.series : event.id,
    body: { id: event.id, step, name: event.name, data: event.data },
  }));
