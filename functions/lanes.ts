/**
 * A lane is one queue, its dead-letter queue, one Lambda and one trust boundary.
 * Steps share lanes, because a queue a step would cost money idle and outgrow one
 * stack. Lane names are stable: a renamed queue would lose the messages in it.
 */
export interface Lane {
  /** What a person calls it. */
  readonly purpose: string;
  /** Messages of one group one after the other: the numbers lane's groups are its series. */
  readonly fifo: boolean;
  /** Messages handed to one invocation. */
  readonly batchSize: number;
  readonly concurrency: number;
  readonly timeoutSeconds: number;
  /**
   * Deliveries before a message goes to the dead-letter queue. They come 10, 20, 40 … seconds and then a quarter of an
   * hour apart, so 40 of them outlast an outage of eight hours; a person is told of the failures long before.
   */
  readonly deliveries: number;
}

export const lanes = {
  usage: { purpose: 'takes usage in', fifo: false, batchSize: 1, concurrency: 50, timeoutSeconds: 20, deliveries: 40 },
  billing: {
    purpose: 'rates and bills',
    fifo: false,
    batchSize: 1,
    concurrency: 10,
    timeoutSeconds: 900,
    deliveries: 40,
  },
  numbers: {
    purpose: 'numbers documents',
    fifo: true,
    batchSize: 1,
    concurrency: 2,
    timeoutSeconds: 300,
    deliveries: 40,
  },
  money: {
    purpose: 'talks to Stripe; the only one that sees its key',
    fifo: false,
    batchSize: 1,
    concurrency: 5,
    timeoutSeconds: 120,
    deliveries: 40,
  },
  messages: {
    purpose: 'mails customers',
    fifo: false,
    batchSize: 5,
    concurrency: 5,
    timeoutSeconds: 60,
    deliveries: 40,
  },
  housekeeping: {
    purpose: 'keeps time and tidies',
    fifo: false,
    batchSize: 1,
    concurrency: 1,
    timeoutSeconds: 300,
    deliveries: 40,
  },
} as const satisfies Readonly<Record<string, Lane>>;

export type LaneName = keyof typeof lanes;
export const laneNames = Object.keys(lanes) as readonly LaneName[];
