/**
 * The one policy of a function: what its rows of the flow need, action by action, and
 * nothing else. Partitions are bounded by their leading keys; `Null: false` refuses a
 * request that names none, which `ForAllValues` alone would let pass.
 */
import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { type LaneName, laneNames } from '#functions/lanes.ts';
import { secretsOf } from '../needs/environment-names.ts';
import type { FunctionNeeds } from '../needs/function-needs.ts';
import { type TableGrant, tableGrants } from '../needs/table-grants.ts';
import type { Stateful } from '../stateful/stateful-stack.ts';
import type { LaneQueue } from './lane-queues.ts';

export interface PolicyParts {
  readonly stack: Stack;
  readonly stateful: Stateful;
  readonly queues: ReadonlyMap<LaneName, LaneQueue>;
  readonly logGroup: LogGroup;
  readonly mailFrom: string;
}

/** What feeding it takes, and putting off what it could not answer. */
const ofOwnQueue = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'];

const allow = (actions: readonly string[], resources: readonly string[], conditions?: Record<string, unknown>) =>
  new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions && { conditions }) });

export const functionPolicy = (needs: FunctionNeeds, parts: PolicyParts): readonly PolicyStatement[] => {
  const { stack, stateful, queues, logGroup } = parts;
  const sendsTo = needs.sendsTo.flatMap((lane) => queues.get(lane)?.queue.queueArn ?? []);
  const own = laneNames.flatMap((lane) => (lane === needs.name ? (queues.get(lane)?.queue.queueArn ?? []) : []));
  const secrets = secretsOf(needs).map((name) => stateful.secrets[name].secretArn);
  const services = [
    'dynamodb',
    ...(sendsTo.length + own.length > 0 ? ['sqs'] : []),
    ...(secrets.length > 0 ? ['secretsmanager'] : []),
  ];
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
    ...tableGrants(needs).map((grant) => tableStatement(stateful, grant)),
    ...(sendsTo.length > 0 ? [allow(['sqs:SendMessage'], sendsTo)] : []),
    ...(own.length > 0 ? [allow(ofOwnQueue, own)] : []),
    ...(secrets.length > 0 ? [allow(['secretsmanager:GetSecretValue'], secrets)] : []),
    ...(needs.uses.includes('mail') ? [mailStatement(parts)] : []),
    // Needed by whoever uses what is encrypted; the service asks in the caller's name.
    allow(
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
      [stateful.key.keyArn],
      {
        StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${stack.region}.amazonaws.com`) },
      },
    ),
  ];
};

const tableStatement = ({ books, usage }: Stateful, { table, index, action, leading }: TableGrant) => {
  const { tableArn } = table === 'books' ? books : usage;
  return allow([action], [index === undefined ? tableArn : `${tableArn}/index/${index}`], {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': leading },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  });
};

/** Mails go out under the one address of this deployment, from its domain. */
const mailStatement = ({ stack, mailFrom }: PolicyParts) =>
  allow(
    ['ses:SendRawEmail'],
    [
      stack.formatArn({
        service: 'ses',
        resource: 'identity',
        resourceName: mailFrom.slice(mailFrom.indexOf('@') + 1),
      }),
    ],
    { StringEquals: { 'ses:FromAddress': mailFrom } },
  );
