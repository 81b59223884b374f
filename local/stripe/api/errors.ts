/**
 * Errors as Stripe answers them: a status and `{ error: { type, message, code, param, … } }`.
 * They are thrown because they end a request from any depth; only the door catches
 * them. A `card_error` keeps what the request did (a declined attempt is a fact),
 * every other error undoes it.
 */
import type { PaymentError } from '../objects/parts.ts';

export interface ErrorBody {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly [detail: string]: unknown;
}

export class StripeAnswersError extends Error {
  override readonly name = 'StripeAnswersError';
  readonly status: number;
  readonly body: ErrorBody;
  /** False where the request never began: such an answer is not stored under its idempotency key. */
  readonly began: boolean;
  constructor(status: number, body: ErrorBody, began = true) {
    super(body.message);
    this.status = status;
    this.body = {
      ...body,
      ...(body.code ? { doc_url: `https://stripe.com/docs/error-codes/${body.code.replaceAll('_', '-')}` } : {}),
    };
    this.began = began;
  }
}

type Details = Omit<ErrorBody, 'type' | 'message'>;

export const invalidRequest = (message: string, details: Details = {}): never => {
  throw new StripeAnswersError(400, { type: 'invalid_request_error', message, ...details });
};

/** A parameter that is wrong in itself, found before anything began. */
export const invalidParameter = (message: string, param: string, code?: string): never => {
  throw new StripeAnswersError(
    400,
    { type: 'invalid_request_error', message, param, ...(code ? { code } : {}) },
    false,
  );
};

export const noSuch = (kind: string, id: string, param = 'id'): never => {
  throw new StripeAnswersError(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind.replaceAll('.', ' ')}: '${id}'`,
    param,
  });
};

/** A decline: 402, with the intent as it now stands. */
export const cardError = (error: PaymentError, details: Details): never => {
  const { type: _, ...rest } = error;
  throw new StripeAnswersError(402, { ...rest, type: 'card_error', ...details });
};

export const notAllowed = (status: number, message: string, code?: string): never => {
  throw new StripeAnswersError(status, { type: 'invalid_request_error', message, ...(code ? { code } : {}) }, false);
};
