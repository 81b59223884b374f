/**
 * The alarms that follow from the flow: one a step, counted from the lines in which
 * its function says that a message or request failed, and one a dead-letter queue.
 * While nothing fails nothing is counted, and the metrics cost nothing.
 */
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { type LaneName, lanes } from '#functions/lanes.ts';
import type { FlowFunction } from '../stateless/flow-function.ts';
import type { LaneQueue } from '../stateless/lane-queues.ts';
import { type AlarmBell, fiveMinutes, metricNamespace } from './alarm-bell.ts';

/** A caller told to come again does; a message that fails waits out its queue's pause, so one is worth a look. */
const failuresOfADoor = 5;
const failuresOfAMessage = 1;

export const flowAlarms = (
  bell: AlarmBell,
  functions: readonly FlowFunction[],
  queues: ReadonlyMap<LaneName, LaneQueue>,
): void => {
  for (const { needs, logGroup } of functions) {
    if (needs.steps.length === 0) continue;
    new MetricFilter(logGroup, 'Failures', {
      logGroup,
      filterPattern: FilterPattern.literal('{ $.outcome = "failed" && $.step = "*" }'),
      metricNamespace,
      metricName: 'StepFailures',
      metricValue: '1',
      dimensions: { step: '$.step' },
    });
    for (const { step, kind, whenItFails } of needs.steps) {
      bell.rings(`step-${step}`, {
        metric: new Metric({
          namespace: metricNamespace,
          metricName: 'StepFailures',
          dimensionsMap: { step },
          statistic: 'Sum',
          period: fiveMinutes,
        }),
        atLeast: kind === 'door' ? failuresOfADoor : failuresOfAMessage,
        says: `${step}: ${whenItFails}`,
      });
    }
  }

  for (const [lane, { dead }] of queues) {
    const steps = functions.flatMap(({ needs }) => (needs.name === lane ? needs.steps : []));
    bell.rings(`dead-${lane}`, {
      metric: dead.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: fiveMinutes }),
      atLeast: 1,
      says: [
        `Messages of lane ${lane} were given up after ${String(lanes[lane].deliveries)} deliveries.`,
        'Mend the cause, then send them back from the dead-letter queue within 14 days: nothing happens twice.',
        ...steps.filter(({ kind }) => kind !== 'door').map(({ step, whenItFails }) => `${step}: ${whenItFails}`),
      ].join(' '),
    });
  }
};
