/**
 * Fires the flow's schedules as EventBridge does: mostly once, and where a fault says
 * so not at all, twice or three times. Those that would find nothing to do are left
 * out, as the local clock does it, for a month has three thousand of them.
 */
import { instantAt } from '#domain/time/instant.ts';
import { flow, type StepName } from '#functions/flow.ts';
import { type Firing, nextFirings } from '#local/next-firings.ts';
import type { Faults } from '../engine/faults.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { Engines } from './engines.ts';
import type { LaneFeeders } from './lane-feeders.ts';

const leapMs = 25 * 3_600_000;

export const schedules = (
  engines: Engines,
  feeders: LaneFeeders,
  { scheduler, faults }: { readonly scheduler: Scheduler; readonly faults: Faults },
): { start(): void } => {
  let firedUpTo = scheduler.now();

  const plan = () => {
    const firings = nextFirings(firedUpTo);
    const atMs = firings[0]?.atMs ?? Infinity;
    scheduler.soon('schedules', () => void fire(firings, atMs), { atMs: Math.max(atMs, scheduler.now()) });
  };

  const fire = async (firings: readonly Firing[], atMs: number) => {
    firedUpTo = atMs;
    for (const { step } of firings) {
      if (await engines.schedules.isIdle(step, scheduler.now())) continue;
      for (let copies = copiesOf(step); copies > 0; copies -= 1) await send(step, atMs);
      if (step === 'chase-payments' && faults.strikes('clock.leaps-25h')) scheduler.leap(leapMs);
    }
    plan();
  };

  const copiesOf = (step: StepName): number => {
    // A sweep that is missed is the next one's, a quarter of an hour later, every time: not worth a count.
    if (step === 'sweep-outbox') return 1;
    if (faults.strikes('schedule.missed')) return 0;
    if (faults.strikes('schedule.twice')) return 2;
    return faults.strikes('schedule.three-times') ? 3 : 1;
  };

  const send = async (step: StepName, atMs: number) => {
    const { lane } = flow[step];
    await engines.peek(() =>
      engines.queues.execute('SendMessage', {
        QueueUrl: engines.laneUrls[lane],
        MessageBody: JSON.stringify({
          id: `${step}-${String(atMs)}`,
          step,
          name: 'schedule',
          data: { at: instantAt(atMs) },
        }),
      }),
    );
    feeders.look(lane);
  };

  return { start: plan };
};
