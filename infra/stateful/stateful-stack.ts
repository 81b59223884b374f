/**
 * What must outlive every deployment, written by hand: the books, the usage log, the
 * key they are encrypted with, and the secrets. Nothing here can be deleted by
 * deleting the stack, and the tables not even by asking for it.
 */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { SecretName } from '../needs/environment-names.ts';
import { dataKey } from './data-key.ts';
import { deploymentSecrets } from './deployment-secrets.ts';

export interface Stateful {
  readonly stack: Stack;
  readonly key: Key;
  readonly books: Table;
  readonly usage: Table;
  readonly secrets: Readonly<Record<SecretName, Secret>>;
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

export const statefulStack = (scope: Construct): Stateful => {
  const stack = new Stack(scope, 'CountinghouseStateful', {
    description: 'Countinghouse: books, usage log, key and secrets. Outlives every deployment.',
    terminationProtection: true,
  });
  const key = dataKey(stack);
  const kept: TableProps = {
    partitionKey: text('pk'),
    sortKey: text('sk'),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  };

  const books = new Table(stack, 'Books', {
    ...kept,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
  });
  for (const index of ['due', 'list']) {
    books.addGlobalSecondaryIndex({
      indexName: index,
      partitionKey: text(`${index}Pk`),
      sortKey: text(`${index}Sk`),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  // Not recoverable to a point in time: what a bill rests on is in the books, with the usage it was rated from.
  const usage = new Table(stack, 'Usage', { ...kept, timeToLiveAttribute: 'ttl' });

  return { stack, key, books, usage, secrets: deploymentSecrets(stack, key) };
};
