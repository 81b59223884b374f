/**
 * The misbehaviour a queue is entitled to, switched on where a test or a simulation wants it: SQS promises delivery at
 * least once and rough order, and a producer may not learn what became of its message. By default nothing goes wrong.
 * FIFO queues are spared what SQS promises never to do to them: delivering twice and out of order.
 */

/** Questions the queues ask at each message; every answer may depend on the queue's name. */
export interface QueueFaults {
  /** The message is lost before it is stored; its producer is told so (`Failed`, or HTTP 500). */
  readonly dropsSend: (queue: string) => boolean;
  /** The message is stored, yet its producer is told it failed and will send it again. */
  readonly losesSendAnswer: (queue: string) => boolean;
  /** The message is stored twice under one id, each copy with its own delay: a consumer sees it again after deleting it. */
  readonly deliversTwice: (queue: string) => boolean;
  /** Milliseconds on top of the delay asked for. */
  readonly extraDelayMillis: (queue: string) => number;
  /** The order in which visible messages are offered. */
  readonly reorder: <Item>(queue: string, items: readonly Item[]) => readonly Item[];
}

export const noFaults: QueueFaults = {
  dropsSend: () => false,
  losesSendAnswer: () => false,
  deliversTwice: () => false,
  extraDelayMillis: () => 0,
  reorder: (_queue, items) => items,
};

/** How often each fault strikes, from 0 (never, the default) to 1 (always). */
export interface FaultRates {
  readonly dropSend?: number;
  readonly loseSendAnswer?: number;
  readonly deliverTwice?: number;
  readonly delay?: number;
  /** The longest extra delay, 60 seconds unless given. */
  readonly longestDelayMillis?: number;
  readonly reorder?: number;
}

/** Faults drawn from `chance`, a seeded source of numbers in [0, 1): the same seed, the same faults. */
export function seededFaults(chance: () => number, rates: FaultRates): QueueFaults {
  const strikes = (rate = 0): boolean => rate > 0 && chance() < rate;
  return {
    dropsSend: () => strikes(rates.dropSend),
    losesSendAnswer: () => strikes(rates.loseSendAnswer),
    deliversTwice: () => strikes(rates.deliverTwice),
    extraDelayMillis: () => (strikes(rates.delay) ? Math.ceil(chance() * (rates.longestDelayMillis ?? 60_000)) : 0),
    reorder: (_queue, items) => (strikes(rates.reorder) ? shuffled(items, chance) : items),
  };
}

/** Fisher and Yates: every order is equally likely. */
function shuffled<Item>(items: readonly Item[], chance: () => number): readonly Item[] {
  const drawn: Item[] = [];
  const left = [...items];
  while (left.length > 0) drawn.push(...left.splice(Math.floor(chance() * left.length), 1));
  return drawn;
}
