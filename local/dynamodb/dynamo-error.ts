/**
 * An error as DynamoDB answers it: a type, a message, an HTTP status, and for some types a body of
 * its own (CancellationReasons, the item a condition met). The AWS SDK rebuilds its typed
 * exceptions from these fields.
 */
import type { Item } from './attribute-value.ts';

export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

export interface ErrorDetails {
  readonly CancellationReasons?: readonly CancellationReason[];
  readonly Item?: Item;
}

export class DynamoError extends Error {
  readonly __type: string;
  readonly status: number;
  readonly details: ErrorDetails;

  constructor(type: string, message: string, details: ErrorDetails = {}, status = 400) {
    super(message);
    this.name = type;
    this.__type = type;
    this.status = status;
    this.details = details;
  }

  get CancellationReasons(): readonly CancellationReason[] | undefined {
    return this.details.CancellationReasons;
  }

  /** The JSON body on the wire. */
  get body(): object {
    const origin =
      this.__type === 'ValidationException' ? 'com.amazon.coral.validate' : 'com.amazonaws.dynamodb.v20120810';
    return { __type: `${origin}#${this.__type}`, message: this.message, ...this.details };
  }
}

export const validationError = (message: string): DynamoError => new DynamoError('ValidationException', message);

export const conditionFailed = (seen?: Item): DynamoError =>
  new DynamoError('ConditionalCheckFailedException', 'The conditional request failed', seen ? { Item: seen } : {});

export const tableNotFound = (name: string): DynamoError =>
  new DynamoError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);

export const internalError = (message: string): DynamoError => new DynamoError('InternalServerError', message, {}, 500);

export function transactionCancelled(reasons: readonly CancellationReason[]): DynamoError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new DynamoError('TransactionCanceledException', message, { CancellationReasons: reasons });
}
