/**
 * A schedule of the flow as EventBridge Scheduler writes it, in UTC. `every` counts
 * from midnight, as the flow says, so it is a cron of the minutes or hours of a day
 * and never a rate, which would count from the day of deployment.
 */
import type { Trigger } from '#functions/flow-row.ts';

export type TimedTrigger = Extract<Trigger, { on: 'daily' | 'every' }>;

export const isTimed = (trigger: Trigger): trigger is TimedTrigger => trigger.on === 'daily' || trigger.on === 'every';

export const scheduleExpression = (trigger: TimedTrigger): string => {
  if (trigger.on === 'daily') {
    const [hour, minute] = trigger.utc.split(':').map(Number);
    return `cron(${String(minute)} ${String(hour)} * * ? *)`;
  }
  const { minutes } = trigger;
  if (minutes < 60 && 60 % minutes === 0) return `cron(0/${String(minutes)} * * * ? *)`;
  if (minutes % 60 === 0 && 24 % (minutes / 60) === 0) return `cron(0 0/${String(minutes / 60)} * * ? *)`;
  throw new Error(`a day is not divided evenly into ${String(minutes)} minutes that a cron can say`);
};
