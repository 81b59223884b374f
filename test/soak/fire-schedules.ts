/**
 * Fires the flow's schedules of a stretch of time, as EventBridge does, into the lanes'
 * queues: each step once, with the last hour it had. What the queues do not take is
 * missed, as it may be on AWS; the next firing finds what is left.
 */
import { instantAt } from '#domain/time/instant.ts';
import { flow, type StepName } from '#functions/flow.ts';
import type { World } from '#functions/runtime/world.ts';
import { nextFirings } from '#local/next-firings.ts';

/** After `fromMs`, up to and including `toMs`. False where some were missed. */
export const fireSchedules = async ({ queues }: World, fromMs: number, toMs: number): Promise<boolean> => {
  const last = new Map<StepName, number>();
  for (let atMs = fromMs; ;) {
    const firings = nextFirings(atMs);
    atMs = firings[0]?.atMs ?? Infinity;
    if (atMs > toMs) break;
    for (const { step } of firings) last.set(step, atMs);
  }
  const messages = [...last].map(([step, atMs]) => ({
    lane: flow[step].lane,
    group: step,
    body: { id: `${step}-${String(atMs)}`, step, name: 'schedule', data: { at: instantAt(atMs) } },
  }));
  return queues.send(messages).then(
    () => true,
    () => false,
  );
};
