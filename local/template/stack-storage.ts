/**
 * The tables and queues of a deployment, made in the local engines as their templates
 * say, where they are not there yet. Attributes the engines cannot honour they refuse.
 */
import type { Store } from '../dynamodb/store.ts';
import type { Queues } from '../sqs/queues.ts';
import type { Deployed, Deployment } from './deployment.ts';

export const makeStorage = async (deployment: Deployment, store: Store, queues: Queues): Promise<void> => {
  const { TableNames } = (await store.execute('ListTables', {})) as { readonly TableNames: readonly string[] };
  for (const table of deployment.all('AWS::DynamoDB::Table'))
    if (!TableNames.includes(table.name)) await makeTable(store, table);
  // A queue after the one its dead letters go to.
  const isDead = deadLetterQueues(deployment);
  const all = deployment
    .all('AWS::SQS::Queue')
    .toSorted((a, b) => Number(isDead.has(b.name)) - Number(isDead.has(a.name)));
  for (const queue of all) await makeQueue(queues, queue);
};

/** The names of queues that take what others give up. */
export const deadLetterQueues = (deployment: Deployment): ReadonlySet<string> =>
  new Set(
    deployment
      .all('AWS::SQS::Queue')
      .flatMap(({ properties: { RedrivePolicy } }) =>
        RedrivePolicy === undefined
          ? []
          : [deployment.by('AWS::SQS::Queue', 'Arn', RedrivePolicy.deadLetterTargetArn).name],
      ),
  );

const makeTable = async (
  store: Store,
  { name: TableName, properties }: Deployed<'AWS::DynamoDB::Table'>,
): Promise<void> => {
  const {
    TimeToLiveSpecification,
    SSESpecification: _,
    PointInTimeRecoverySpecification: __,
    ...definition
  } = properties;
  await store.execute('CreateTable', { TableName, ...definition });
  if (TimeToLiveSpecification !== undefined)
    await store.execute('UpdateTimeToLive', { TableName, TimeToLiveSpecification });
};

const makeQueue = async (
  queues: Queues,
  { name, attributes, properties }: Deployed<'AWS::SQS::Queue'>,
): Promise<void> => {
  const { KmsMasterKeyId: _, RedrivePolicy, FifoQueue, ...figures } = properties;
  const changing = Object.fromEntries(
    Object.entries({ ...figures, ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }) }).map(
      ([attribute, value]) => [attribute, String(value)],
    ),
  );
  const { QueueUrls } = await queues.execute('ListQueues', { QueueNamePrefix: name });
  if (QueueUrls.some((url) => url.endsWith(`/${name}`)))
    await queues.execute('SetQueueAttributes', { QueueUrl: attributes['Ref'], Attributes: changing });
  else {
    const Attributes = { ...changing, ...(FifoQueue === true ? { FifoQueue: 'true' } : {}) };
    await queues.execute('CreateQueue', { QueueName: name, Attributes });
  }
};
