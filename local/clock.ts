/**
 * The clock of the local cloud: the machine's own, moved. It goes on as time does,
 * and can be set forward by the test clock; while nights are being lived it stands
 * still between them, so that what happens in a night has that night's time. Its
 * offset is kept across restarts. Only local and test stages have such a clock.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { epochMs, type Instant, instantAt } from '#domain/time/instant.ts';

export interface MovableClock {
  nowMs(): number;
  now(): Instant;
  /** Stands still at this instant until moved again or released. */
  standAt(ms: number): void;
  /** Writes down where it stands; a clock that stood where nothing happened need not be kept. */
  keep(): void;
  /** Goes on from where it stands. */
  release(): void;
}

export const movableClock = (file: string, startAt?: Instant): MovableClock => {
  let offset = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { offsetMs: number }).offsetMs
    : startAt === undefined
      ? 0
      : epochMs(startAt) - Date.now();
  let standing: number | undefined;

  const keep = () => {
    // Written aside and renamed, so that a kill leaves the old offset or the new one.
    writeFileSync(`${file}.part`, JSON.stringify({ offsetMs: offset }));
    renameSync(`${file}.part`, file);
  };
  keep();

  const nowMs = () => standing ?? Date.now() + offset;
  return {
    nowMs,
    now: () => instantAt(nowMs()),
    standAt: (ms) => {
      standing = ms;
    },
    keep: () => {
      if (standing !== undefined) offset = standing - Date.now();
      keep();
    },
    release: () => {
      if (standing === undefined) return;
      offset = standing - Date.now();
      standing = undefined;
      keep();
    },
  };
};
