/**
 * The processes there are, by what they serve. One that is idle is taken again, with
 * whatever it remembers; where there is none a new one starts, and its clock may be off.
 */
import { apiHandler, type ApiHandler } from '#functions/api/api-handler.ts';
import { type LaneName, lanes } from '#functions/lanes.ts';
import type { LaneHandler } from '#functions/runtime/lane-handler.ts';
import type { World } from '#functions/runtime/world.ts';
import { laneHandlers } from '#local/lane-handlers.ts';
import { chance } from '../engine/chance.ts';
import type { Faults } from '../engine/faults.ts';
import { type Process, type ProcessParts, startProcess } from '../engine/process.ts';
import type { Engines } from './engines.ts';
import { openProcessWorld } from './open-process-world.ts';

export type Served = LaneName | 'api';

interface Handlers {
  readonly lanes: Readonly<Record<LaneName, LaneHandler>>;
  readonly api: ApiHandler;
}

export interface Fleet {
  /** Works with one process, which may die of it. */
  run<Result>(
    served: Served,
    deliverAgain: () => void,
    begin: (handlers: Handlers) => Promise<Result>,
  ): Promise<Result>;
  isBusy(): boolean;
}

const apiSeconds = 29;

/** How far a new process's clock is off. */
const skewOf = (faults: Faults): number => {
  if (faults.strikes('clock.behind-5min')) return -5 * 60_000;
  return faults.strikes('clock.behind-90s') ? -90_000 : 0;
};

export const fleet = (
  seed: number,
  engines: Engines,
  parts: ProcessParts,
  log: (process: string) => World['log'],
): Fleet => {
  const all = new Map<Served, { readonly process: Process; readonly handlers: Handlers }[]>();
  let started = 0;

  const start = (served: Served) => {
    started += 1;
    const skewMs = skewOf(parts.faults);
    const process = startProcess(`${served}-${String(started)}`, skewMs, parts);
    const world = openProcessWorld(process, engines, chance(seed, process.name), log(process.name));
    const open = () => world;
    const member = { process, handlers: { lanes: laneHandlers(open), api: apiHandler(open) } };
    const known = (all.get(served) ?? []).filter(({ process: { isAlive } }) => isAlive);
    all.set(served, [...known, member]);
    return member;
  };

  const idle = (served: Served) =>
    parts.faults.strikes('process.cold-start')
      ? undefined
      : all.get(served)?.find(({ process: { isAlive, isIdle } }) => isAlive && isIdle);

  return {
    run: (served, deliverAgain, begin) => {
      const { process, handlers } = idle(served) ?? start(served);
      const seconds = served === 'api' ? apiSeconds : lanes[served].timeoutSeconds;
      const work = { deadlineMs: parts.scheduler.now() + seconds * 1000, deliverAgain };
      return process.run(work, () => begin(handlers));
    },
    isBusy: () =>
      [...all.values()].some((members) => members.some(({ process: { isAlive, isIdle } }) => isAlive && !isIdle)),
  };
};
