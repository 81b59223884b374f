/**
 * How each port is opened from the environment. A function imports the openers its
 * rows use and no other, so that what it may not touch is not even in its bundle.
 */
import type { dynamodbClient, Environment } from '../../adapters/aws-clients.ts';
import type { Book } from '../../adapters/dynamodb/book.ts';
import type { Port, Ports } from '../../ports.ts';

/** What the openers share: one environment, one clock, one store. */
export interface Opening {
  readonly env: Environment;
  /** What the environment names; a name that is missing is a bug of the deployment. */
  readonly named: (name: string) => string;
  readonly dynamodb: () => ReturnType<typeof dynamodbClient>;
  readonly book: Book;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

export type PortOpeners<Used extends Port> = { readonly [Name in Used]: (opening: Opening) => Ports[Name] };
