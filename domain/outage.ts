/**
 * An outage is the world's fault: a store that throttles, a provider that does
 * not answer. Adapters throw it; the runtime puts the message back on its queue.
 * Nothing was decided, so trying again is always right.
 */
export class Outage extends Error {
  override readonly name = 'Outage';
}
