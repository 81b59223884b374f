/** The flow's own schedules, as the local cloud fires them: each becomes a message to the step's lane. */
import { instantAt } from '#domain/time/instant.ts';
import { flow, type StepName } from '#functions/flow.ts';
import type { World } from '#functions/runtime/world.ts';
import { type Firing, nextFirings } from './next-firings.ts';
import type { Schedules } from './timekeeper.ts';

export const flowSchedules = (
  { queues }: Pick<World, 'queues'>,
  isIdle: (step: StepName) => Promise<boolean>,
): Schedules<Firing> => ({
  next: nextFirings,
  isIdle: ({ step }) => isIdle(step),
  send: (firings) =>
    queues.send(
      firings.map(({ step, atMs }) => ({
        lane: flow[step].lane,
        group: step,
        body: { id: `${step}-${String(atMs)}`, step, name: 'schedule', data: { at: instantAt(atMs) } },
      })),
    ),
});
