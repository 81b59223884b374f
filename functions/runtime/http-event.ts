/** API Gateway's HTTP event (payload 2.0) as our request, and our response as its result. Bodies stay bytes. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpRequest, HttpResponse } from '../http.ts';

export const httpRequest = (event: APIGatewayProxyEventV2): HttpRequest => ({
  method: event.requestContext.http.method,
  path: event.rawPath,
  headers: lowerCased(event.headers),
  query: withoutUndefined(event.queryStringParameters),
  params: withoutUndefined(event.pathParameters),
  body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
});

export const httpResult = ({ status, headers, body }: HttpResponse): APIGatewayProxyStructuredResultV2 =>
  typeof body === 'string'
    ? { statusCode: status, headers: { ...headers }, body }
    : {
        statusCode: status,
        headers: { ...headers },
        body: Buffer.from(body).toString('base64'),
        isBase64Encoded: true,
      };

const lowerCased = (headers: APIGatewayProxyEventV2['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(withoutUndefined(headers)).map(([name, value]) => [name.toLowerCase(), value]));

const withoutUndefined = (values: Readonly<Record<string, string | undefined>> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(values ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined));
