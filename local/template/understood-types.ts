/**
 * What of CloudFormation is understood here: each type of resource with every property
 * it may have, and the types knowingly left aside with the reason. A type or property
 * that stands in neither list stops the start, for a stand-in that ignores what it does
 * not know would pass what a deployment does not.
 */
import * as z from 'zod';

/** A property that changes nothing on one machine, and why. */
const aside = (_because: string) => z.unknown().optional();
const words = aside('for people to read');
const count = z.int().min(0);
const keys = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const table = z.strictObject({
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keys,
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: keys,
        Projection: z.strictObject({ ProjectionType: z.enum(['ALL', 'KEYS_ONLY']) }),
      }),
    )
    .optional(),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  DeletionProtectionEnabled: z.boolean().optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: z.literal(true) }).optional(),
  SSESpecification: z
    .strictObject({ SSEEnabled: z.literal(true), SSEType: z.literal('KMS'), KMSMasterKeyId: z.string() })
    .optional(),
  PointInTimeRecoverySpecification: aside('the data folder is copied by whoever wants a backup'),
});

const queue = z.strictObject({
  FifoQueue: z.literal(true).optional(),
  ContentBasedDeduplication: z.boolean().optional(),
  DelaySeconds: count.optional(),
  MessageRetentionPeriod: count.optional(),
  ReceiveMessageWaitTimeSeconds: count.optional(),
  VisibilityTimeout: count.optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: count }).optional(),
  KmsMasterKeyId: z.string().optional(),
});

const secret = z.strictObject({
  Description: words,
  KmsKeyId: z.string().optional(),
  GenerateSecretString: z.strictObject({
    SecretStringTemplate: z.string(),
    GenerateStringKey: z.string(),
    PasswordLength: z.int().min(32),
    ExcludePunctuation: z.literal(true),
  }),
});

const lambdaFunction = z.strictObject({
  Description: words,
  Handler: z.string().regex(/^[\w/-]+\.\w+$/),
  Code: z.strictObject({ S3Bucket: aside('the code lies in the assembly'), S3Key: z.string() }),
  Runtime: z.literal(`nodejs${process.versions.node.split('.')[0] ?? ''}.x`),
  Role: z.string(),
  Timeout: z.int().min(1).max(900),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()) }).optional(),
  LoggingConfig: z.strictObject({ LogGroup: z.string() }),
  ReservedConcurrentExecutions: count.optional(),
  MemorySize: aside('threads share the memory of their process'),
  Architectures: aside('the bundles hold no machine code'),
  RecursiveLoop: aside('nobody here stops a function that tells itself'),
});

const eventSourceMapping = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.int().min(1).max(10),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.int().min(2) }).optional(),
});

const policyDocument = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(z.record(z.string(), z.unknown())),
});

const route = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string().regex(/^(\$default|(GET|POST|PUT|PATCH|DELETE) (\/([\w-]+|\{\w+\}))+)$/),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z.literal('NONE'),
});

const schedule = z.strictObject({
  Description: words,
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.literal('UTC'),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal('OFF') }),
  Target: z.strictObject({ Arn: z.string(), RoleArn: z.string(), Input: z.string() }),
});

export const understoodTypes = {
  'AWS::ApiGatewayV2::Api': z.strictObject({ Name: words, ProtocolType: z.literal('HTTP') }),
  'AWS::ApiGatewayV2::Integration': z.strictObject({
    ApiId: z.string(),
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0'),
  }),
  'AWS::ApiGatewayV2::Route': route,
  'AWS::ApiGatewayV2::Stage': z.strictObject({
    ApiId: z.string(),
    StageName: z.literal('$default'),
    AutoDeploy: z.literal(true),
    AccessLogSettings: aside('one caller on one machine needs no access log'),
    DefaultRouteSettings: aside('one machine does not reach the throttle'),
  }),
  'AWS::DynamoDB::Table': table,
  'AWS::IAM::ManagedPolicy': z.strictObject({
    Description: words,
    Path: words,
    PolicyDocument: policyDocument,
    Roles: z.array(z.string()),
  }),
  'AWS::IAM::Role': z.strictObject({ AssumeRolePolicyDocument: policyDocument }),
  'AWS::KMS::Key': z.strictObject({
    Description: words,
    EnableKeyRotation: aside('nothing is encrypted on one machine; whether it could be is asked of the policies'),
    KeyPolicy: policyDocument,
  }),
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': z.strictObject({
    Action: z.literal('lambda:InvokeFunction'),
    FunctionName: z.string(),
    Principal: z.literal('apigateway.amazonaws.com'),
    SourceArn: z.string(),
  }),
  'AWS::Logs::LogGroup': z.strictObject({
    KmsKeyId: aside('log lines go to whoever started the cloud'),
    RetentionInDays: aside('log lines go to whoever started the cloud'),
  }),
  'AWS::SQS::Queue': queue,
  'AWS::Scheduler::Schedule': schedule,
  'AWS::SecretsManager::Secret': secret,
} as const satisfies Readonly<Record<string, z.ZodType>>;

export const asideTypes: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'nobody is woken on one machine; their metrics are tested over real log lines',
  'AWS::Logs::MetricFilter': 'they count for alarms',
  'AWS::SNS::Topic': 'alarms ring there',
  'AWS::SNS::TopicPolicy': 'alarms ring there',
  'AWS::SQS::QueuePolicy': 'they refuse callers without TLS, and loopback has none',
};

export type UnderstoodType = keyof typeof understoodTypes;
export type PropertiesOf<Type extends UnderstoodType> = z.output<(typeof understoodTypes)[Type]>;

export const isUnderstood = (type: string): type is UnderstoodType => Object.hasOwn(understoodTypes, type);
