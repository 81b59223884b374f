/** Audits a running local cloud: waits until nothing is under way, takes a snapshot and checks what must always hold. */
import { audit } from '#domain/audit/audit.ts';
import type { Allowed } from '#domain/audit/operations.ts';
import type { Acknowledged } from '#domain/audit/snapshot.ts';
import type { Violation } from '#domain/audit/violation.ts';
import type { Cloud } from './cloud.ts';
import { type Seen, takeSnapshot } from './snapshot.ts';

export interface AuditOptions extends Allowed {
  /** The client's own list of the events it was told we have. */
  readonly acknowledged?: readonly Acknowledged[];
}

export const auditCloud = async (
  cloud: Seen & Pick<Cloud, 'time'>,
  { acknowledged, ...allowed }: AuditOptions = {},
): Promise<readonly Violation[]> => {
  await cloud.time.quiet();
  return audit(await takeSnapshot(cloud, acknowledged), allowed);
};
