/**
 * One function of the flow: its bundle on Node 24, its log, a role with the one policy
 * its rows need, the settings its world asks for, and, where its lane has a queue, the
 * mapping that feeds it and takes failures back one by one.
 */
import { Duration, Fn, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, EventSourceMapping, Function, RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type LaneName, lanes } from '#functions/lanes.ts';
import { secretsOf, type SettingName, settingsOf } from '../needs/environment-names.ts';
import { type FunctionNeeds } from '../needs/function-needs.ts';
import { apiSeconds, memoryMb, queueConcurrency, reservedConcurrency } from '../needs/function-sizes.ts';
import { book } from '../needs/table-grants.ts';
import type { Stateful } from '../stateful/stateful-stack.ts';
import { functionPolicy } from './function-policy.ts';
import type { LaneQueue } from './lane-queues.ts';

export interface FlowFunction {
  readonly needs: FunctionNeeds;
  readonly handler: Function;
  readonly logGroup: LogGroup;
}

export interface FunctionParts {
  readonly stack: Stack;
  readonly stateful: Stateful;
  readonly queues: ReadonlyMap<LaneName, LaneQueue>;
  /** Folder of the bundle. */
  readonly folder: string;
  readonly mailFrom: string;
  readonly publicUrl: string;
}

export const flowFunction = (needs: FunctionNeeds, parts: FunctionParts): FlowFunction => {
  const { stack, stateful, queues, folder } = parts;
  const { name, steps } = needs;
  const scope = new Construct(stack, name);
  const logGroup = new LogGroup(scope, 'Log', {
    retention: RetentionDays.ONE_YEAR,
    encryptionKey: stateful.key,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const policy = new ManagedPolicy(scope, 'Policy', {
    statements: [...functionPolicy(needs, { ...parts, logGroup })],
    roles: [role],
  });
  const hasDoors = steps.some(({ kind }) => kind === 'door');

  const handler = new Function(scope, 'Function', {
    description: name === 'api' ? 'Countinghouse: the API' : `Countinghouse: ${lanes[name].purpose}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(folder),
    role,
    logGroup,
    memorySize: memoryMb[name],
    timeout: Duration.seconds(name === 'api' ? apiSeconds : lanes[name].timeoutSeconds),
    reservedConcurrentExecutions: reservedConcurrency(name, hasDoors),
    // Steps tell steps of their own lane, by design and many times over; Lambda would take that for a loop and stop it.
    recursiveLoop: RecursiveLoop.ALLOW,
    environment: environmentOf(needs, parts),
  });
  handler.node.addDependency(policy);
  if (name !== 'api') feed(scope, name, handler, queues.get(name));
  return { needs, handler, logGroup };
};

const environmentOf = (needs: FunctionNeeds, { stateful, queues, stack, mailFrom, publicUrl }: FunctionParts) => {
  const settings: Readonly<Record<SettingName, string>> = {
    USAGE_TABLE: stateful.usage.tableName,
    PUBLIC_URL: publicUrl,
    MAIL_FROM: mailFrom,
  };
  const secrets = secretsOf(needs).map((name) => stateful.secrets[name].secretArn);
  // Those it sends to, and its own, whose messages it puts off when it cannot answer them.
  const laneUrls = [...queues].flatMap(([lane, { queue }]) =>
    needs.sendsTo.includes(lane) || needs.name === lane ? [[lane, queue.queueUrl]] : [],
  );
  return {
    BOOK: book,
    BOOKS_TABLE: stateful.books.tableName,
    LANE_URLS: stack.toJsonString(Object.fromEntries(laneUrls)),
    ...Object.fromEntries(settingsOf(needs).map((name) => [name, settings[name]])),
    ...(secrets.length > 0 ? { SECRET_ARNS: Fn.join(',', secrets) } : {}),
  };
};

const feed = (scope: Construct, lane: LaneName, target: Function, queue: LaneQueue | undefined): void => {
  if (queue === undefined) return;
  new EventSourceMapping(scope, 'Feed', {
    target,
    eventSourceArn: queue.queue.queueArn,
    batchSize: lanes[lane].batchSize,
    maxConcurrency: queueConcurrency(lane),
    reportBatchItemFailures: true,
  });
};
