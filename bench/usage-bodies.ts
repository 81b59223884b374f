/** Requests to `POST /v1/events` for the benchmarks, as API Gateway hands them to a Lambda. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { addMinutes, type Instant, instantAt } from '#domain/time/instant.ts';
import { type IdKind, usageEvents } from './usage-workload.ts';

export interface UsageBody {
  readonly event: APIGatewayProxyEventV2;
  /** A time at which all of its events are in the door's window. */
  readonly now: Instant;
}

export interface Bodies {
  readonly requests: number;
  readonly eventsEach: number;
  readonly points?: number;
  readonly ids?: IdKind;
}

export const subjectOf = (point: number): string => `cus_${String(point).padStart(8, '0')}`;

/** CloudEvents as JSON arrays; all ids differ. */
export const usageBodies = ({ requests, eventsEach, points = 10_000, ids = 'sortable' }: Bodies): UsageBody[] => {
  const events = usageEvents({ events: requests * eventsEach, points, ids });
  return Array.from({ length: requests }, (_, n) => {
    const sent = events.slice(n * eventsEach, (n + 1) * eventsEach);
    const body = sent.map(({ id, source, type, point, timeMs, data }) => ({
      specversion: '1.0',
      id,
      source,
      type,
      subject: subjectOf(point),
      time: instantAt(timeMs),
      data,
    }));
    return { event: httpEvent(JSON.stringify(body)), now: addMinutes(instantAt(sent.at(-1)!.timeMs), 1) };
  });
};

const httpEvent = (body: string): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'POST /v1/events',
  rawPath: '/v1/events',
  rawQueryString: '',
  headers: { 'content-type': 'application/cloudevents-batch+json', authorization: 'Bearer key' },
  requestContext: {
    accountId: '0',
    apiId: 'bench',
    domainName: 'bench',
    domainPrefix: 'bench',
    http: { method: 'POST', path: '/v1/events', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'bench' },
    requestId: 'bench',
    routeKey: 'POST /v1/events',
    stage: '$default',
    time: '',
    timeEpoch: 0,
  },
  body,
  isBase64Encoded: false,
});
