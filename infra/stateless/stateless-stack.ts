/**
 * Everything that can be made again from the flow: queues, functions, schedules,
 * routes, grants and alarms. It has no business word of its own.
 */
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alarmBell } from '../alarms/alarm-bell.ts';
import { businessAlarms } from '../alarms/business-alarms.ts';
import { flowAlarms } from '../alarms/flow-alarms.ts';
import type { Bundle } from '../bundles/bundle-handlers.ts';
import type { Deployment } from '../deployment.ts';
import { functionNeeds } from '../needs/function-needs.ts';
import type { Stateful } from '../stateful/stateful-stack.ts';
import { flowFunction } from './flow-function.ts';
import { httpApi, routes } from './http-api.ts';
import { laneQueues } from './lane-queues.ts';
import { schedules } from './schedules.ts';

export const statelessStack = (
  scope: Construct,
  stateful: Stateful,
  bundles: readonly Pick<Bundle, 'name' | 'folder'>[],
  { mailFrom, publicUrl, alarmMail }: Deployment,
): Stack => {
  const stack = new Stack(scope, 'Countinghouse', {
    description:
      'Countinghouse: queues, functions, schedules, routes, grants and alarms, derived from functions/flow.ts',
  });
  const { key } = stateful;
  const queues = laneQueues(stack, key);
  const api = httpApi(stack, key);
  const functions = functionNeeds.map((needs) => {
    const folder = bundles.find(({ name }) => name === needs.name)?.folder;
    if (folder === undefined) throw new Error(`function ${needs.name} is bundled`);
    return flowFunction(needs, { stack, stateful, queues, folder, mailFrom, publicUrl: publicUrl ?? api.apiEndpoint });
  });
  routes(stack, api, functions);
  schedules(stack, queues, key);
  const bell = alarmBell(stack, key, alarmMail);
  flowAlarms(bell, functions, queues);
  businessAlarms(bell, functions, api);
  return stack;
};
