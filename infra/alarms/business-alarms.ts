/**
 * The alarms of the business, by hand: the night's run is not done in time, what was
 * told is not published, and callers get errors. Each is measured from what the
 * functions themselves say in their logs, or API Gateway of their answers.
 */
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { LaneName } from '#functions/lanes.ts';
import type { FlowFunction } from '../stateless/flow-function.ts';
import { type AlarmBell, fiveMinutes, metricNamespace } from './alarm-bell.ts';

/** From the hour a night is usually done (01:00 to 02:00) to 06:00 of the next day. */
const hoursBetweenNights = 29;
/** Two sweeps, so a page that the first one published rings nobody. */
const oldestPageSeconds = 30 * 60;

export const businessAlarms = (bell: AlarmBell, functions: readonly FlowFunction[], api: HttpApi): void => {
  const logOf = (lane: LaneName): LogGroup => {
    const found = functions.find(({ needs }) => needs.name === lane);
    if (found === undefined) throw new Error(`lane ${lane} has a function`);
    return found.logGroup;
  };

  const nights = logOf('billing');
  new MetricFilter(nights, 'NightsClosed', {
    logGroup: nights,
    filterPattern: FilterPattern.literal(
      '{ $.step = "open-billing-run" && $.name = "run.closed" && $.outcome = "done" }',
    ),
    metricNamespace,
    metricName: 'NightsClosed',
    metricValue: '1',
  });
  bell.ringsAfterSilence('night-not-done', {
    metric: new Metric({ namespace: metricNamespace, metricName: 'NightsClosed' }),
    hours: hoursBetweenNights,
    says:
      'It is 06:00 UTC or later and tonight’s billing run is not done, if last night’s was done on time. ' +
      'Bills go out late; nothing is billed twice, and the next run finds whatever is due. ' +
      'Look for parked ranges under GET /v1/billing-runs. A new deployment rings until its first night is over.',
  });

  const housekeeping = logOf('housekeeping');
  new MetricFilter(housekeeping, 'OldestPage', {
    logGroup: housekeeping,
    filterPattern: FilterPattern.literal('{ $.oldestPageSeconds >= 0 }'),
    metricNamespace,
    metricName: 'OldestOutboxPageSeconds',
    metricValue: '$.oldestPageSeconds',
  });
  bell.rings('outbox-old', {
    metric: new Metric({
      namespace: metricNamespace,
      metricName: 'OldestOutboxPageSeconds',
      statistic: 'Maximum',
      period: fiveMinutes,
    }),
    atLeast: oldestPageSeconds,
    says:
      'What was committed half an hour ago has still not been told to the steps that wait for it. ' +
      'Nothing is lost: the pages stay in the outbox and are published once the queues take them.',
  });

  bell.rings('answers-5xx', {
    metric: api.metricServerError({ statistic: 'Sum', period: fiveMinutes }),
    atLeast: 5,
    says:
      'Callers of the API or of a door get errors that are ours. What was answered 2xx is committed; ' +
      'whoever was refused can send the same request again.',
  });
};
