/**
 * The local cloud's clock where threads can read it: how far it is from the machine's,
 * and the instant it stands at, if it stands. A thread reads what was said last.
 */
import type { MovableClock } from '../clock.ts';

export interface SharedClock extends MovableClock {
  /** Two whole numbers of 64 bits, see `at`. */
  readonly buffer: SharedArrayBuffer;
}

const at = { standing: 0, offset: 1 } as const;
/** No instant: the clock goes. */
const going = -1n;

export const sharedClock = (clock: MovableClock): SharedClock => {
  const buffer = new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT);
  const shared = new BigInt64Array(buffer);
  const goOn = () => {
    // The offset first, for a reader looks at it last: one in between still finds the clock standing.
    Atomics.store(shared, at.offset, BigInt(clock.nowMs() - Date.now()));
    Atomics.store(shared, at.standing, going);
  };
  goOn();
  return {
    ...clock,
    buffer,
    standAt: (ms) => {
      clock.standAt(ms);
      Atomics.store(shared, at.standing, BigInt(ms));
    },
    release: () => {
      clock.release();
      goOn();
    },
  };
};

/** Reads a shared clock, given the machine's time as it was before anybody replaced it. */
export const readClock = (buffer: SharedArrayBuffer, machineNow: () => number): (() => number) => {
  const shared = new BigInt64Array(buffer);
  return () => {
    const standing = Atomics.load(shared, at.standing);
    return standing === going ? machineNow() + Number(Atomics.load(shared, at.offset)) : Number(standing);
  };
};
