/**
 * The far side of an AWS SDK client, for benchmarks: the client builds, signs and
 * reads its requests as ever, and what would go over the wire is answered here at
 * once and shown to whoever meters it.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';

export interface AwsRequest {
  /** `PutItem`, `SendMessageBatch` … */
  readonly operation: string;
  /** The request as JSON. */
  readonly json: () => unknown;
}

interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

const headers = { 'content-type': 'application/x-amz-json-1.0' };

const answering = (answerTo: (request: AwsRequest) => object) => ({
  region: 'us-east-1',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  maxAttempts: 1,
  requestHandler: {
    handle: (request: WireRequest) => {
      const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
      const json = () => JSON.parse(Buffer.from(request.body ?? '').toString('utf8')) as unknown;
      const body = Buffer.from(JSON.stringify(answerTo({ operation, json })));
      return Promise.resolve({ response: { statusCode: 200, headers, body } });
    },
    metadata: { handlerProtocol: 'http/1.1' },
    destroy: () => undefined,
  },
});

/** Takes everything and holds nothing: no item is ever found. */
export const fakeDynamodb = (seen: (request: AwsRequest) => void = () => undefined): DynamoDBClient =>
  new DynamoDBClient(
    answering((request) => {
      seen(request);
      return request.operation === 'BatchGetItem' ? { Responses: {}, UnprocessedKeys: {} } : {};
    }),
  );

const tenTaken = { Successful: Array.from({ length: 10 }, (_, i) => ({ Id: String(i), MessageId: 'm' })), Failed: [] };

/** Takes every message, ten a batch. The digests that SQS would answer are not checked. */
export const fakeSqs = (): SQSClient =>
  new SQSClient({
    ...answering(({ operation }) => (operation === 'SendMessageBatch' ? tenTaken : { MessageId: 'm' })),
    md5: false,
  });
