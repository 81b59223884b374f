/** Every code a problem may bear, with its status: the API's own refusals, and what doors and the runtime say besides. */
import { refusalStatus } from '#functions/api/refusals.ts';

export const problemCodes: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...refusalStatus,
    // Said before an operation is asked.
    unauthorized: 401,
    forbidden: 403,
    method_not_allowed: 405,
    // The usage door.
    unsupported_encoding: 415,
    too_many_events: 413,
    malformed_gzip: 400,
    no_events: 400,
    no_valid_event: 400,
    // The door of the provider's news.
    webhook_signature_invalid: 400,
  }),
);
