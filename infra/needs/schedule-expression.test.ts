/** Schedules of the flow as EventBridge writes them. */
import { expect, it } from 'vitest';
import { daily, every } from '#functions/flow-row.ts';
import { scheduleExpression } from './schedule-expression.ts';

it.each([
  [daily('01:00'), 'cron(0 1 * * ? *)'],
  [daily('23:45'), 'cron(45 23 * * ? *)'],
  [every(15), 'cron(0/15 * * * ? *)'],
  [every(60), 'cron(0 0/1 * * ? *)'],
  [every(240), 'cron(0 0/4 * * ? *)'],
])('%o is %s', (trigger, expression) => {
  expect(scheduleExpression(trigger)).toBe(expression);
});

it.each([7, 45, 90, 300])('%i minutes do not divide a day into hours a cron can say', (minutes) => {
  expect(() => scheduleExpression(every(minutes))).toThrow('divided evenly');
});
