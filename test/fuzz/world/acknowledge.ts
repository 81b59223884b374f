/** What a client notes of usage it was told we have: each event as it is to be found in the log, for the audit to look for. */
import { usageBodyHash } from '#domain/audit/distinct-bodies.ts';
import type { Acknowledged } from '#domain/audit/snapshot.ts';
import { present } from '#domain/assert.ts';
import { parseInstant } from '#domain/time/instant.ts';

interface Sent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export const acknowledge = (event: Sent): Acknowledged => {
  const { id, source, type, subject, time, data = {} } = event;
  const fields = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)]));
  const at = present(parseInstant(time), 'what was acknowledged has a time');
  return { id, source, bodyHash: usageBodyHash({ id, source, type, subject, time: at, data: fields }) };
};
