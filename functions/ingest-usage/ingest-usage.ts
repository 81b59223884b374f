/**
 * Takes usage in. Each event is judged by itself, the good ones are stored, and only
 * then is the request answered: 202 means durable. Sent again, whole or in part, it
 * counts once, so a client that is in doubt sends again. An outage of the log goes
 * through here untouched: the runtime answers 503 with Retry-After and nothing is
 * acknowledged.
 */
import { readUsageRequest, type UsageRefusal } from '#events/usage-request.ts';
import type { Rejection } from '#events/usage-rejection.ts';
import { type HttpResponse, json, problem } from '../http.ts';
import type { StepCode } from '../step.ts';

export const ingestUsage: StepCode<'ingest-usage'> = async ({ headers, body }, { usageLog, now }) => {
  const read = await readUsageRequest({
    contentType: headers['content-type'],
    contentEncoding: headers['content-encoding'],
    body,
    now,
  });
  if ('refused' in read) {
    return { respond: problem({ status: statuses[read.refused], code: read.refused, detail: read.because }) };
  }
  const { events, duplicates, rejected } = read;
  if (events.length === 0) return { respond: noValidEvent(rejected) };
  await usageLog.append(events);
  return { respond: json(202, { accepted: events.length, duplicates, rejected }) };
};

const statuses: Readonly<Record<UsageRefusal['refused'], number>> = {
  unsupported_media_type: 415,
  unsupported_encoding: 415,
  body_too_large: 413,
  too_many_events: 413,
  malformed_gzip: 400,
  malformed_text: 400,
  malformed_json: 400,
  no_events: 400,
};

const noValidEvent = (rejected: readonly Rejection[]): HttpResponse => {
  const { status, headers, body } = problem({
    status: 400,
    code: 'no_valid_event',
    detail: 'Not one event of this request could be taken in; each is listed with its reason.',
  });
  return { status, headers, body: JSON.stringify({ ...(JSON.parse(String(body)) as object), rejected }) };
};
