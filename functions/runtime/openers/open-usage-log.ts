/** Opens the port `usageLog`: the table of usage events. */
import { usageLog } from '../../adapters/dynamodb/usage-log.ts';
import type { UsageLog } from '../../ports.ts';
import type { Opening } from './port-openers.ts';

export const openUsageLog = ({ dynamodb, named, book, now, random }: Opening): UsageLog =>
  usageLog({ client: dynamodb(), table: named('USAGE_TABLE'), book, now, random });
