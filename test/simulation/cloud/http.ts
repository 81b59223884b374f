/** Requests as API Gateway hands them to a handler, and answers as their sender reads them. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of one of a lane's doors: its route, and what stands in its place of the path. */
  readonly door?: { readonly route: string; readonly params?: Readonly<Record<string, string>> };
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const eventOf = ({ method, path, headers = {}, body, door }: Request): APIGatewayProxyEventV2 => {
  const routeKey = door === undefined ? '$default' : door.route;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(door?.params === undefined ? {} : { pathParameters: { ...door.params } }),
    requestContext: {
      accountId: '0',
      apiId: 'simulation',
      domainName: 'billing.example',
      domainPrefix: 'billing',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
      requestId: '',
      routeKey,
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  };
};

export const answeredOf = ({
  statusCode = 0,
  headers = {},
  body = '',
}: APIGatewayProxyStructuredResultV2): Answered => ({
  status: statusCode,
  headers: headers as Record<string, string>,
  body,
});
