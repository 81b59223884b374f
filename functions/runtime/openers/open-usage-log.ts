/** Opens the port `usageLog`: the table of usage events. */
import { usageClient } from '../../adapters/aws-clients.ts';
import { usageLog } from '../../adapters/dynamodb/usage-log.ts';
import type { UsageLog } from '../../ports.ts';
import type { Opening } from './port-openers.ts';

export const openUsageLog = ({ env, named, book, now, random }: Opening): UsageLog =>
  usageLog({ client: usageClient(env), table: named('USAGE_TABLE'), book, now, random });
