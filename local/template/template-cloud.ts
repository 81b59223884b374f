/**
 * The local cloud run from what would be deployed: the synthesised templates and their
 * bundles, over the same store, queues, mailbox and Stripe's double as the ordinary one.
 * Nothing is read from the flow, so a route, name, grant or setting that the templates
 * lack is lacking here.
 */
import { existsSync, mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { present } from '#domain/assert.ts';
import { sqsClient } from '#functions/adapters/aws-clients.ts';
import type { Book } from '#functions/adapters/dynamodb/book.ts';
import type { StepName } from '#functions/flow.ts';
import { openWorld } from '#functions/runtime/open-world.ts';
import { movableClock } from '../clock.ts';
import type { Cloud, CloudOptions } from '../cloud.ts';
import { type Engines, openEngines } from '../engines.ts';
import { firstStart } from '../first-start.ts';
import { type FrontRoutes, httpFront } from '../front-door.ts';
import { isIdle } from '../is-idle.ts';
import { lockDataDir } from '../lock-data-dir.ts';
import { openSecrets } from '../secrets.ts';
import { timekeeper } from '../timekeeper.ts';
import { asksOfRequest, type ServiceName } from './asks-of-request.ts';
import type { Assembly } from './assembly.ts';
import { type Deployment, deploymentOf } from './deployment.ts';
import { credentialsOf, type Endpoints } from './function-environment.ts';
import { guardedDoor, type GuardedDoor } from './guarded-door.ts';
import { httpApi } from './http-api.ts';
import { type Asked, type Authorize, type Iam, openIam } from './iam.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { operatorEnvironment } from './operator-environment.ts';
import { type SecretsDoor, serveSecrets } from './serve-secrets.ts';
import { sharedClock } from './shared-clock.ts';
import { stackFunctions } from './stack-functions.ts';
import { stackSchedules } from './stack-schedules.ts';
import { stackSources } from './stack-sources.ts';
import { deadLetterQueues, makeStorage } from './stack-storage.ts';

export interface TemplateCloudOptions extends CloudOptions {
  readonly assembly: Assembly;
  /** Asked about everything a function or schedule does; everything is allowed where absent. */
  readonly authorize?: Authorize;
}

export interface TemplateCloud extends Cloud {
  readonly functions: readonly LambdaFunction[];
  /** What was refused, in order. */
  denials(): readonly Asked[];
}

const services = ['dynamodb', 'sqs', 'ses', 'secretsmanager'] as const satisfies readonly ServiceName[];

/** Puts away whatever was opened where it cannot start. */
export const startTemplateCloud = async (options: TemplateCloudOptions): Promise<TemplateCloud> => {
  const opened = new AsyncDisposableStack();
  try {
    return { ...(await start(options, opened)), close: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
};

const start = async (
  { assembly, authorize, dataDir, port = 0, startAt, log = () => undefined }: TemplateCloudOptions,
  opened: AsyncDisposableStack,
): Promise<Omit<TemplateCloud, 'close'>> => {
  const kept = join(dataDir, 'secrets-manager.json');
  if (existsSync(join(dataDir, 'secrets.json')) && !existsSync(kept))
    throw new Error(`${dataDir} was begun without templates; set DATA_DIR to another folder`);
  mkdirSync(dataDir, { recursive: true });
  opened.defer(lockDataDir(dataDir));
  const clock = sharedClock(movableClock(join(dataDir, 'clock.json'), startAt));
  const onFailure = (what: string) => log({ outcome: 'failed', what });

  // Addresses first, for the templates name them.
  const served: { routes?: FrontRoutes } = {};
  const front = httpFront(() => present(served.routes, 'the templates are deployed'));
  const closeFront = async () => {
    front.closeIdleConnections();
    await new Promise((resolve) => front.close(resolve));
  };
  opened.defer(closeFront);
  await new Promise<void>((resolve, reject) => front.once('error', reject).listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((front.address() as AddressInfo).port)}`;
  const guards = await openGuards(opened);
  const deployment = deploymentOf(assembly, { api: url, sqs: guards.sqs.url });
  const iam = openIam(deployment, authorize);

  const { stripeKey, webhookSecret } = openSecrets(dataDir);
  const engines = await openEngines({
    dataDir,
    clock,
    webhook: { url: () => (served.routes === undefined ? undefined : `${url}/webhooks/stripe`), secret: webhookSecret },
  });
  opened.defer(() => engines.close());
  const { store, queues, handedOut, stripe, inbox } = engines;
  await makeStorage(deployment, store, queues);
  const secrets = await serveSecrets({
    file: kept,
    secrets: deployment.all('AWS::SecretsManager::Secret'),
    putIn: { STRIPE_SECRET_KEY: stripeKey, STRIPE_WEBHOOK_SECRETS: webhookSecret },
  });
  opened.defer(() => secrets.close());
  setGuards(guards, deployment, iam, engines, secrets);
  const endpoints: Endpoints = {
    AWS_ENDPOINT_URL_DYNAMODB: guards.dynamodb.url,
    AWS_ENDPOINT_URL_SQS: guards.sqs.url,
    AWS_ENDPOINT_URL_SES: guards.ses.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: guards.secretsmanager.url,
    STRIPE_URL: engines.urls.stripe,
  };

  const env = operatorEnvironment(deployment, iam.operator, endpoints, secrets.values());
  const world = openWorld(env, { clock, log });
  const named = (name: string) => present(env[name], `some function is given ${name}`);
  const tables = { books: named('BOOKS_TABLE'), usage: named('USAGE_TABLE') };
  const apiKey = await firstStart(world, dataDir);

  const functions = stackFunctions({ deployment, iam, endpoints, clock: clock.buffer, log });
  opened.defer(() => functions.close());
  // Longer than a long poll.
  const clientFor = (id: string) => sqsClient({ ...credentialsOf(iam.principal(id)), ...endpoints }, 60_000);
  const sources = stackSources({ deployment, functions, clientFor, onFailure });
  opened.defer(async () => {
    await Promise.all(sources.map((source) => source.stop()));
  });
  served.routes = httpApi({ deployment, functionOf: (id) => functions.of(id), onFailure });
  // Once more, since requests under way are answered while there are functions to answer them.
  opened.defer(closeFront);
  const deadLetters = [...deadLetterQueues(deployment)];
  const time = timekeeper({
    clock,
    queues,
    stripe,
    busy: () =>
      sources.some((source) => source.busy()) || sources.reduce((sum, source) => sum + source.taken(), 0) < handedOut(),
    schedules: stackSchedules({
      deployment,
      clientFor,
      isIdle: (step) => isIdle(store, tables.books, named('BOOK') as Book, step as StepName, clock.nowMs()),
      onFailure,
    }),
    deadLetters,
    file: join(dataDir, 'schedules.json'),
  });
  time.start();
  opened.defer(() => time.stop());

  const parts = { url, apiKey, world, store, queues, stripe, inbox, time, tables, deadLetters };
  return { ...parts, functions: functions.all, denials: () => iam.denials() };
};

type Guards = Readonly<Record<ServiceName, GuardedDoor>>;

const openGuards = async (opened: AsyncDisposableStack): Promise<Guards> => {
  const guards: Partial<Record<ServiceName, GuardedDoor>> = {};
  for (const service of services) {
    const guard = await guardedDoor(service);
    opened.defer(() => guard.close());
    guards[service] = guard;
  }
  return guards as Guards;
};

const setGuards = (
  guards: Guards,
  deployment: Deployment,
  iam: Iam,
  { urls }: Engines,
  { url: secretsmanager }: SecretsDoor,
): void => {
  const inner = { ...urls, secretsmanager };
  for (const service of services)
    guards[service].open({
      iam,
      inner: inner[service],
      asksOf: (request) => asksOfRequest(deployment, service, request),
    });
};
