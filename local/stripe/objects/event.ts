/** An event as Stripe shows one: a type and the object as it was at that moment. */

export interface EventFields {
  id: string;
  created: number;
  apiVersion: string;
  type: string;
  /** A copy: what happens to the object later must not change what was told. */
  object: object;
  requestId: string | null;
  idempotencyKey: string | null;
  pendingWebhooks: number;
}

export const newEvent = (given: EventFields) => ({
  id: given.id,
  object: 'event' as const,
  api_version: given.apiVersion,
  created: given.created,
  data: { object: given.object },
  livemode: false,
  pending_webhooks: given.pendingWebhooks,
  request: { id: given.requestId, idempotency_key: given.idempotencyKey },
  type: given.type,
});

export type StripeEvent = ReturnType<typeof newEvent>;
