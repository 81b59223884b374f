/**
 * How the queues say no: one error carrying the code, the HTTP status and the fault the real service reports, so that
 * the AWS SDK raises the same exception against this endpoint as in production. Thrown by any operation; caught where a
 * batch turns it into an entry of `Failed` and at the HTTP door, nowhere else.
 */

/** The SDK names an exception by its query-protocol code, which for these differs from the JSON name. */
const queryCodes: Readonly<Record<string, string>> = {
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

const statuses: Readonly<Record<string, number>> = {
  InternalError: 500,
  ReceiptHandleIsInvalid: 404,
  ResourceNotFoundException: 404,
};

export class SqsRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return statuses[this.code] ?? 400;
  }

  get queryCode(): string {
    return queryCodes[this.code] ?? this.code;
  }

  /** Whose fault it is: the sender should not try an unchanged request again, a server fault it should. */
  get isSenderFault(): boolean {
    return this.status < 500;
  }
}

export function refuse(code: string, message: string): never {
  throw new SqsRefusal(code, message);
}
