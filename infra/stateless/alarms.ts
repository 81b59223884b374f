/**
 * The alarms, each with the sentence of whoever is woken by it: what it means to
 * customers, and what is safe. Every step has one, from its row of the flow; every
 * dead-letter queue has one; the rest are written by hand. Metrics come from the log
 * lines functions write anyway, and cost nothing while nothing is wrong.
 */
import { Duration, type Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type LaneName, lanes } from '#functions/lanes.ts';
import type { FlowFunction } from './flow-function.ts';
import type { LaneQueue } from './lane-queues.ts';

const namespace = 'Countinghouse';
const fiveMinutes = Duration.minutes(5);

export interface AlarmParts {
  readonly stack: Stack;
  readonly key: IKey;
  readonly queues: ReadonlyMap<LaneName, LaneQueue>;
  readonly functions: readonly FlowFunction[];
  readonly api: HttpApi;
  /** Who is written to; nobody where absent, and the console shows the alarms all the same. */
  readonly alarmMail?: string | undefined;
}

interface AlarmWords {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly says: string;
}
