/**
 * Consumers waiting for a message. They are woken when one arrives, when a FIFO group is freed, and when a timeout ends.
 * The wait itself is measured in real time, since the queues' clock may stand still; what is visible follows that clock,
 * so whoever moves it calls `wake`.
 */

/** The queues' clock may be frozen just before a message becomes visible; looking again at once would spin. */
const shortestPauseMillis = 20;

export interface LongPoll<Found> {
  readonly queue: string;
  readonly waitMillis: number;
  /** Takes what is there; an empty list when there is nothing. */
  readonly attempt: () => readonly Found[];
  /** Milliseconds until something may become visible by itself, Infinity when nothing will. */
  readonly untilVisible: () => number;
  readonly signal: AbortSignal | undefined;
}

export class LongPolls {
  readonly #sleepers = new Map<string, Set<() => void>>();
  #closed = false;

  /** The first non-empty result of `attempt`, or an empty list when time is up or the caller has gone. */
  async take<Found>({ queue, waitMillis, attempt, untilVisible, signal }: LongPoll<Found>): Promise<readonly Found[]> {
    const endsAt = performance.now() + waitMillis;
    for (;;) {
      if (signal?.aborted || this.#closed) return [];
      const found = attempt();
      const left = endsAt - performance.now();
      if (found.length > 0 || left <= 0) return found;
      await this.#sleep(queue, Math.min(left, Math.max(untilVisible(), shortestPauseMillis)), signal);
    }
  }

  /** Lets the consumers waiting on one queue, or on all, look again. */
  wake(queue?: string): void {
    const woken = queue === undefined ? [...this.#sleepers.values()] : [this.#sleepers.get(queue) ?? []];
    for (const sleepers of woken) for (const wakeUp of [...sleepers]) wakeUp();
  }

  /** Ends every wait; later ones find nothing. */
  close(): void {
    this.#closed = true;
    this.wake();
  }

  async #sleep(queue: string, millis: number, signal: AbortSignal | undefined): Promise<void> {
    const sleepers = this.#sleepers.get(queue) ?? new Set();
    this.#sleepers.set(queue, sleepers);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const leave = (): void => resolve(undefined);
    const timer = setTimeout(leave, millis);
    sleepers.add(leave);
    signal?.addEventListener('abort', leave);
    await promise;
    signal?.removeEventListener('abort', leave);
    clearTimeout(timer);
    sleepers.delete(leave);
  }
}
