/**
 * What a resource is called once it is deployed: its name, its ARN, and what `Ref` and
 * `Fn::GetAtt` give of it. The account is one of zeros, in the region of the local queues.
 */
import { arnOfQueue, nameInUrl, urlOfQueue } from '../sqs/address.ts';
import type { UnderstoodType } from './understood-types.ts';

export const region = 'us-east-1';
export const account = '000000000000';

/** Where the parts are that have an address of this machine. */
export interface Origins {
  /** Where the HTTP API is reached. */
  readonly api: string;
  readonly sqs: string;
}

/** What a template can ask of a resource, by attribute; `Ref` is what `Ref` gives. */
export type Attributes = Readonly<Record<string, string>>;

const arn = (service: string, resource: string, where = region): string =>
  `arn:aws:${service}:${where}:${account}:${resource}`;

const attributesOf: Readonly<Record<UnderstoodType, (name: string, origins: Origins) => Attributes>> = {
  'AWS::ApiGatewayV2::Api': (name, { api }) => ({ Ref: name, ApiEndpoint: api }),
  'AWS::ApiGatewayV2::Integration': (name) => ({ Ref: name }),
  'AWS::ApiGatewayV2::Route': (name) => ({ Ref: name }),
  'AWS::ApiGatewayV2::Stage': (name) => ({ Ref: name }),
  'AWS::DynamoDB::Table': (name) => ({ Ref: name, Arn: arn('dynamodb', `table/${name}`) }),
  'AWS::IAM::ManagedPolicy': (name) => ({ Ref: arn('iam', `policy/${name}`, '') }),
  'AWS::IAM::Role': (name) => ({ Ref: name, Arn: arn('iam', `role/${name}`, '') }),
  'AWS::KMS::Key': (name) => ({ Ref: name, Arn: arn('kms', `key/${name}`) }),
  'AWS::Lambda::EventSourceMapping': (name) => ({ Ref: name }),
  'AWS::Lambda::Function': (name) => ({ Ref: name, Arn: arn('lambda', `function:${name}`) }),
  'AWS::Lambda::Permission': (name) => ({ Ref: name }),
  'AWS::Logs::LogGroup': (name) => ({ Ref: name, Arn: arn('logs', `log-group:${name}:*`) }),
  'AWS::SQS::Queue': (name, { sqs }) => ({ Ref: urlOfQueue(sqs, name), Arn: arnOfQueue(name), QueueName: name }),
  'AWS::Scheduler::Schedule': (name) => ({ Ref: name }),
  'AWS::SecretsManager::Secret': (name) => ({ Ref: arn('secretsmanager', `secret:${name}`) }),
};

export const addressesOf = (type: UnderstoodType, name: string, origins: Origins): Attributes =>
  attributesOf[type](name, origins);

/** What API Gateway says it is when it calls a function: the route of an API's only stage. */
export const arnOfRoute = (api: string, routeKey: string): string => {
  const [method = '', path = ''] = routeKey === '$default' ? ['$default', ''] : routeKey.split(' ');
  return arn('execute-api', `${api}/$default/${method}${path}`);
};

export const queueNameIn = nameInUrl;
