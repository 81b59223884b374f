/**
 * Counts what DynamoDB would bill for requests as they go over the wire: write units
 * of 1 KB, read units of 4 KB (a key that has no item costs one), bytes stored with
 * the 100 that each item is charged on top. An operation it cannot count stops it.
 */
import type { AwsRequest } from './fake-aws.ts';

export interface Metered {
  requests: number;
  writeUnits: number;
  readUnits: number;
  storedBytes: number;
}

type Wire = Readonly<Record<string, { readonly S?: string; readonly N?: string; readonly B?: string }>>;

/** Size by DynamoDB's rules: names and texts in UTF-8, binaries decoded, numbers about a byte for two digits and one more. */
const sizeOf = (item: Wire): number =>
  Object.entries(item).reduce((sum, [name, { S, N, B }]) => {
    const value =
      S !== undefined
        ? Buffer.byteLength(S)
        : B !== undefined
          ? Buffer.byteLength(B, 'base64')
          : Math.ceil((N?.length ?? 0) / 2) + 1;
    return sum + Buffer.byteLength(name) + value;
  }, 0);

export const meteredDynamodb = () => {
  const metered: Metered = { requests: 0, writeUnits: 0, readUnits: 0, storedBytes: 0 };
  const seen = ({ operation, json }: AwsRequest): void => {
    metered.requests++;
    if (operation === 'PutItem') {
      const bytes = sizeOf((json() as { readonly Item: Wire }).Item);
      metered.writeUnits += Math.max(1, Math.ceil(bytes / 1024));
      metered.storedBytes += bytes + 100;
    } else if (operation === 'BatchGetItem') {
      const tables = Object.values(
        (json() as { readonly RequestItems: Record<string, { readonly Keys: readonly unknown[] }> }).RequestItems,
      );
      metered.readUnits += tables.reduce((sum, { Keys }) => sum + Keys.length, 0);
    } else if (operation === 'GetItem') metered.readUnits += 1;
    else throw new Error(`no price for ${operation}`);
  };
  return { metered, seen };
};
