/**
 * The flow's schedules: EventBridge puts a lane message on the lane's queue, the same
 * message however often it fires for one hour, since its id is that hour. The time it
 * meant is filled in by the scheduler.
 */
import type { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { LaneMessageBody } from '#functions/lane-message.ts';
import { type LaneName, lanes } from '#functions/lanes.ts';
import { functionNeeds } from '../needs/function-needs.ts';
import { isTimed, scheduleExpression } from '../needs/schedule-expression.ts';
import type { LaneQueue } from './lane-queues.ts';

/** Not the execution's id: that is another at each try, and one hour's message is one message. */
const scheduledTime = '<aws.scheduler.scheduled-time>';

export const schedules = (stack: Stack, queues: ReadonlyMap<LaneName, LaneQueue>, key: IKey): void => {
  const timed = functionNeeds.flatMap(({ steps }) =>
    steps.flatMap(({ step, lane, on }) => on.filter(isTimed).map((trigger) => ({ step, lane, trigger }))),
  );
  const scope = new Construct(stack, 'schedules');
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  });
  const arnOf = (lane: LaneName): string => {
    const queue = queues.get(lane)?.queue;
    if (queue === undefined || lanes[lane].fifo)
      throw new Error(`a schedule has no group for the queue of lane ${lane}`);
    return queue.queueArn;
  };
  const policy = new ManagedPolicy(scope, 'Policy', {
    roles: [role],
    statements: [
      new PolicyStatement({
        actions: ['sqs:SendMessage'],
        resources: [...new Set(timed.map(({ lane }) => lane))].map(arnOf),
      }),
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `sqs.${stack.region}.amazonaws.com` } },
      }),
    ],
  });

  for (const { step, lane, trigger } of timed) {
    const id = trigger.on === 'daily' ? `${step}-daily` : `${step}-every`;
    const body = { id: `${step}-${scheduledTime}`, step, name: 'schedule', data: { at: scheduledTime } };
    const schedule = new CfnSchedule(scope, id, {
      description: `Countinghouse: ${step}`,
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: scheduleExpression(trigger),
      scheduleExpressionTimezone: 'UTC',
      target: { arn: arnOf(lane), roleArn: role.roleArn, input: JSON.stringify(body satisfies LaneMessageBody) },
    });
    schedule.node.addDependency(policy);
  }
};
