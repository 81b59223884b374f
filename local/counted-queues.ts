/** The queues, counting what they hand out: with what the workers took, it tells whether a message is between the two. */
import type { Queues } from './sqs/queues.ts';

export interface CountedQueues {
  readonly queues: Queues;
  /** Messages received by anybody since the start. */
  readonly handedOut: () => number;
}

export const countedQueues = (queues: Queues): CountedQueues => {
  let handedOut = 0;
  const execute: Queues['execute'] = (operation, input, caller) => {
    const answering = queues.execute(operation, input, caller);
    if (operation !== 'ReceiveMessage') return answering;
    return answering.then((answer) => {
      handedOut += (answer as { readonly Messages?: readonly unknown[] }).Messages?.length ?? 0;
      return answer;
    });
  };
  return { queues: { ...queues, execute }, handedOut: () => handedOut };
};
