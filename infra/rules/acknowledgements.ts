/**
 * The findings of the rule packs that we live with, each with its reason, who answers
 * for it, and the day by which it is decided anew. A test fails for one that has
 * expired, and for one that no finding needs any more.
 */
export interface Acknowledgement {
  readonly rules: readonly string[];
  /** Paths of the constructs it holds for. */
  readonly on: RegExp;
  readonly because: string;
  readonly owner: string;
  readonly expiresOn: string;
}

const yearly = { owner: 'platform', expiresOn: '2027-11-30' } as const;
const halfYearly = { owner: 'security', expiresOn: '2027-05-31' } as const;

export const acknowledgements: readonly Acknowledgement[] = [
  {
    rules: ['AwsSolutions-DDB3', 'HIPAA.Security-DynamoDBPITREnabled', 'NIST.800.53.R5-DynamoDBPITREnabled'],
    on: /^CountinghouseStateful\/Usage\//,
    because:
      'The usage log is append-only, its items expire, and what a bill rests on is copied into the books, which are recoverable. Recovery of the log would cost more than the log.',
    ...yearly,
  },
  {
    rules: ['HIPAA.Security-DynamoDBInBackupPlan', 'NIST.800.53.R5-DynamoDBInBackupPlan'],
    on: /^CountinghouseStateful\/(Books|Usage)\//,
    because:
      'The books recover to any second of 35 days, and restoring is rehearsed in the simulator. A backup plan in another account is for whoever operates a deployment to add.',
    ...yearly,
  },
  {
    rules: [
      'AwsSolutions-SMG4',
      'HIPAA.Security-SecretsManagerRotationEnabled',
      'NIST.800.53.R5-SecretsManagerRotationEnabled',
    ],
    on: /^CountinghouseStateful\/(Stripe|PayLink|ApiKey)Secret\//,
    because:
      'Stripe’s key is rotated in Stripe’s dashboard and taken up within five minutes. The other two key hashes and links that are already given out: another value would void every API key and every pay link in a mailed bill.',
    ...halfYearly,
  },
  {
    rules: ['AwsSolutions-APIG4'],
    on: /^Countinghouse\/route-/,
    because:
      'Callers are authorized inside the functions: API keys by keyed hash and scope, Stripe by its signature, payers by the token of one invoice. An authorizer would see no body and no invoice.',
    ...yearly,
  },
  {
    rules: ['HIPAA.Security-LambdaInsideVPC', 'NIST.800.53.R5-LambdaInsideVPC', 'PCI.DSS.321-LambdaInsideVPC'],
    on: /^Countinghouse\/[a-z]+\/Function\//,
    because:
      'Nothing a function reaches lies in a network of ours: DynamoDB, SQS, SES, Secrets Manager and Stripe are reached over TLS under the role’s own rights. A VPC would add NAT at 32 dollars a month and protect nothing.',
    ...yearly,
  },
  {
    rules: ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'Serverless-LambdaDLQ'],
    on: /^Countinghouse\/[a-z]+\/Function\//,
    because:
      'No function is invoked asynchronously. Messages come through a queue that has a dead-letter queue, requests are answered to the caller.',
    ...yearly,
  },
  {
    rules: ['Serverless-SQSRedrivePolicy'],
    on: /^Countinghouse\/[a-z]+-queue\/Dead\//,
    because: 'These are the dead-letter queues. Each has an alarm and keeps its messages for 14 days.',
    ...yearly,
  },
  {
    rules: ['Serverless-LambdaEventSourceMappingDestination'],
    on: /^Countinghouse\/[a-z]+\/Feed\//,
    because:
      'A mapping from SQS takes no failure destination: what fails goes back to its queue, then to the dead-letter queue.',
    ...yearly,
  },
  {
    rules: ['Serverless-LambdaTracing'],
    on: /^Countinghouse\/[a-z]+\/Function\//,
    because:
      'A message is followed by its id through the logs of all functions. Tracing would need an action on every resource in each function’s policy, and send data about customers to one more place.',
    ...yearly,
  },
];
