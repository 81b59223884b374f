/** Every refusal the API can answer with, and its HTTP status. A code without a row here does not compile. */
import type { Refusal } from '#domain/refusal.ts';

export const refusalStatus = {
  // The request itself is wrong.
  invalid_request: 400,
  malformed_json: 400,
  malformed_text: 400,
  repeated_key: 400,
  reserved_name: 400,
  invalid_cursor: 400,
  invalid_idempotency_key: 400,
  // What it asks for is not there, or not any more as it was.
  not_found: 404,
  body_too_large: 413,
  unsupported_media_type: 415,
  precondition_failed: 412,
  // It disagrees with what is recorded.
  meter_exists: 409,
  plan_exists: 409,
  billing_entity_exists: 409,
  number_prefix_taken: 409,
  invoice_not_issued: 409,
  external_id_taken: 409,
  subject_taken: 409,
  subject_reserved: 409,
  too_many_assignments: 409,
  period_ended: 409,
  too_many_subscriptions: 409,
  customer_subscribed: 409,
  immutable_field: 409,
  usage_subscription_exists: 409,
  clock_goes_forward: 409,
  idempotency_key_reused: 409,
  restore_out_of_order: 409,
  // It is well formed and cannot be done.
  unknown_meter: 422,
  unknown_number: 422,
  unknown_customer: 422,
  unknown_plan: 422,
  unknown_billing_entity: 422,
  currency_mismatch: 422,
  in_advance_not_supported: 422,
  starts_out_of_range: 422,
} as const satisfies Readonly<Record<string, number>>;

export type RefusalCode = keyof typeof refusalStatus;
/** With the query parameter it is about, where it is about one. */
export type ApiRefusal = Refusal<RefusalCode> & { readonly parameter?: string };
