/** What the reference handlers share: middy around them, the body parsed and checked in middlewares of its kind. */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type CloudEvents, cloudEvents } from './cloud-event.ts';

interface ParsedEvent extends Omit<APIGatewayProxyEventV2, 'body'> {
  body: unknown;
}

export type ReferenceHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

export const referenceHandler = (store: (events: CloudEvents) => Promise<void>): ReferenceHandler => {
  const handler = middy<ParsedEvent, APIGatewayProxyStructuredResultV2>()
    .use({
      before: ({ event }: { readonly event: ParsedEvent }) => {
        event.body = JSON.parse(String(event.body));
      },
    })
    .use({
      before: ({ event }: { readonly event: ParsedEvent }) => {
        event.body = cloudEvents.parse(event.body);
      },
    })
    .handler(async ({ body }) => {
      const events = body as CloudEvents;
      await store(events);
      return { statusCode: 202, body: JSON.stringify({ accepted: events.length }) };
    });
  // A copy each time: the middlewares write into the event, and a benchmark sends it again.
  return (event) =>
    (handler as unknown as (event: object, context: object) => Promise<APIGatewayProxyStructuredResultV2>)(
      { ...event },
      {},
    );
};
