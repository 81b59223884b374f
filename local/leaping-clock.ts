/**
 * A clock that several processes read: the machine's own, and an offset that lies in a
 * small file. It goes on as time does, leaps for all of them at once, and whoever is
 * killed finds it as it is by then. Only local and test stages have such a clock.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { epochMs, type Instant, instantAt } from '#domain/time/instant.ts';

export interface LeapingClock {
  readonly nowMs: () => number;
  readonly now: () => Instant;
  /** Forward by so much, for every process that reads the file. */
  readonly leap: (ms: number) => void;
  /** Calls soon after every leap, whoever made it, until the answer is called. */
  readonly onLeap: (hear: () => void) => () => void;
}

const looksEveryMs = 5;

/** Without `startAt` the file must be there already. */
export const leapingClock = (file: string, startAt?: Instant): LeapingClock => {
  const offset = (): number => (JSON.parse(readFileSync(file, 'utf8')) as { readonly offsetMs: number }).offsetMs;
  const write = (offsetMs: number) => {
    // Written aside and renamed, so that a reader finds the old offset or the new one.
    writeFileSync(`${file}.part`, JSON.stringify({ offsetMs }));
    renameSync(`${file}.part`, file);
  };
  if (startAt !== undefined && !existsSync(file)) write(epochMs(startAt) - Date.now());

  const nowMs = () => Date.now() + offset();
  return {
    nowMs,
    now: () => instantAt(nowMs()),
    leap: (ms) => {
      write(offset() + ms);
    },
    onLeap: (hear) => {
      let seen = offset();
      const look = () => {
        const found = offset();
        if (found === seen) return;
        seen = found;
        hear();
      };
      const looking = setInterval(look, looksEveryMs).unref();
      return () => {
        clearInterval(looking);
      };
    },
  };
};
