/**
 * How an alarm reaches a person: one topic, and alarms whose description is the
 * sentence they are woken by. An alarm without a sentence cannot be made.
 */
import { Duration, type Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlarmWords {
  readonly metric: Metric;
  readonly atLeast: number;
  /** What it means to customers, and what is safe. CloudWatch keeps 1,024 characters. */
  readonly says: string;
}

export interface AlarmBell {
  /** Rings once the metric has reached so much. */
  readonly rings: (id: string, words: AlarmWords) => void;
  /** Rings once nothing was counted for so many hours. */
  readonly ringsAfterSilence: (id: string, silence: Omit<AlarmWords, 'atLeast'> & { readonly hours: number }) => void;
}

/** What is counted or measured in our own log lines. */
export const metricNamespace = 'Countinghouse';
export const fiveMinutes = Duration.minutes(5);

export const alarmBell = (stack: Stack, masterKey: IKey, alarmMail: string | undefined): AlarmBell => {
  const topic = new Topic(stack, 'Alarms', { masterKey, enforceSSL: true });
  // A policy of its own replaces the one by which the account's alarms may publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  if (alarmMail !== undefined) topic.addSubscription(new EmailSubscription(alarmMail));
  const scope = new Construct(stack, 'alarms');
  return {
    rings: (id, { metric, atLeast, says }) => {
      new Alarm(scope, id, {
        alarmDescription: says,
        metric,
        threshold: atLeast,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }).addAlarmAction(new SnsAction(topic));
    },
    ringsAfterSilence: (id, { metric, hours, says }) => {
      new Alarm(scope, id, {
        alarmDescription: says,
        metric: metric.with({ period: Duration.hours(1), statistic: 'Sum' }),
        threshold: 1,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: hours,
        treatMissingData: TreatMissingData.BREACHING,
      }).addAlarmAction(new SnsAction(topic));
    },
  };
};
