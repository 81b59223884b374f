/**
 * The schedules of a deployment. Each sends the message its template holds, in the name
 * of its own role. A step that the store shows to be idle is left in peace, but for once
 * a day, so that every schedule and what it starts is tried.
 */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Schedules } from '../timekeeper.ts';
import { cronTimes } from './cron-times.ts';
import type { Deployment } from './deployment.ts';

export interface TemplateFiring {
  readonly atMs: number;
  /** The logical name of the schedule. */
  readonly schedule: string;
  readonly queueUrl: string;
  readonly body: string;
}

export interface StackScheduleParts {
  readonly deployment: Deployment;
  readonly clientFor: (schedule: string) => SQSClient;
  /** Whether the step, of a lane message, would find nothing to do now. */
  readonly isIdle: (step: string) => Promise<boolean>;
  readonly onFailure: (what: string) => void;
}

const scheduledTime = '<aws.scheduler.scheduled-time>';
const dayMs = 86_400_000;

export const stackSchedules = ({
  deployment,
  clientFor,
  isIdle,
  onFailure,
}: StackScheduleParts): Schedules<TemplateFiring> => {
  const all = deployment.all('AWS::Scheduler::Schedule').map(({ id, properties: { ScheduleExpression, Target } }) => ({
    id,
    nextAfter: cronTimes(ScheduleExpression),
    queueUrl: deployment.by('AWS::SQS::Queue', 'Arn', Target.Arn).attributes['Ref'] ?? '',
    input: Target.Input,
    client: clientFor(id),
  }));
  const firedAt = new Map<string, number>();

  return {
    next: (afterMs) => {
      const times = all.map(({ nextAfter }) => nextAfter(afterMs));
      const atMs = Math.min(...times);
      return all
        .filter((_, i) => times[i] === atMs)
        .map(({ id, queueUrl, input }) => ({
          atMs,
          schedule: id,
          queueUrl,
          // EventBridge writes the time without milliseconds.
          body: input.replaceAll(scheduledTime, new Date(atMs).toISOString().replace('.000Z', 'Z')),
        }));
    },
    isIdle: async ({ schedule, atMs, body }) =>
      atMs - (firedAt.get(schedule) ?? -Infinity) < dayMs &&
      (await isIdle(String((JSON.parse(body) as { readonly step?: unknown }).step))),
    send: async (firings) => {
      for (const { schedule, queueUrl, body, atMs } of firings) {
        firedAt.set(schedule, atMs);
        await all
          .find(({ id }) => id === schedule)
          ?.client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }))
          .catch((error: unknown) => onFailure(`schedule ${schedule}: ${String(error)}`));
      }
    },
  };
};
