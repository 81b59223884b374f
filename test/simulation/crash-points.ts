/**
 * Strikes every door call of a life in turn: its process dies before or after it, its
 * answer is lost, it is throttled, it fails, what it works on is delivered twice. However
 * it is struck, everything that must hold holds, and the bills are the same.
 */
import type { CallFault, Faults } from './engine/faults.ts';
import { faultAt } from './engine/faults.ts';
import type { Door, DoorFault } from './engine/fault-kinds.ts';
import { type CrashScenario, crashScenarios } from './outside/crash-scenarios.ts';
import { simulate } from './simulate.ts';
import type { MadeCall, Simulated } from './simulated.ts';

const seed = 1;

const strikes = ['dies before', 'dies after', 'answer lost', 'throttled', 'fails', 'delivered twice'] as const;
export type Strike = (typeof strikes)[number];

const ofDoors: Readonly<Record<Door, Readonly<Record<'answer lost' | 'throttled' | 'fails', DoorFault>>>> = {
  store: { 'answer lost': '5xx-after', throttled: 'throttle', fails: '5xx-before' },
  queue: { 'answer lost': '5xx-after', throttled: 'throttle', fails: '5xx-before' },
  stripe: { 'answer lost': 'timeout_after', throttled: 'rate_limited', fails: 'server_error_before' },
  mail: { 'answer lost': 'timeout_after', throttled: 'throttled', fails: '5xx-before' },
};

const faultOf = (strike: Strike, door: Door): CallFault => {
  switch (strike) {
    case 'dies before':
      return { process: 'dies_before' };
    case 'dies after':
      return { process: 'dies_after' };
    case 'delivered twice':
      return { process: 'redelivered' };
    default:
      return { door: ofDoors[door][strike] };
  }
};

export interface CrashPoint {
  readonly call: MadeCall;
  readonly strike: Strike;
}

export interface CrashLife {
  readonly faultless: Simulated;
  readonly points: readonly CrashPoint[];
  /** Why the life with this point is not as the one without; undefined where it is. */
  strikeAt(point: CrashPoint): Promise<string | undefined>;
}

const settlesInDays = 4;

const openCrashLife = async ({ workload, aims = () => true }: CrashScenario): Promise<CrashLife> => {
  const live = (faults: Faults) => simulate({ seed, workload, faults, settlesInDays });
  const faultless = await live(faultAt());
  const points = faultless.calls
    .filter(({ process }) => aims(process))
    .flatMap((call) => strikes.map((strike) => ({ call, strike })));
  return {
    faultless,
    points,
    strikeAt: async ({ call, strike }) => {
      const struck = await live(faultAt(call.index, faultOf(strike, call.door)));
      const [flaw] = struck.flaws;
      if (flaw !== undefined) return `${flaw.invariant}: ${flaw.what}`;
      if (struck.fired.size === 0) return 'the call was never made';
      const [bills, wanted] = [withoutNumbers(struck), withoutNumbers(faultless)];
      return bills === wanted ? undefined : `the bills are\n${bills}\nand not\n${wanted}`;
    },
  };
};

/** Who of several gets which number may change with the order in which they signed up; the audit sees that there is no gap. */
const withoutNumbers = ({ bills }: Simulated): string =>
  bills
    .map((bill) => bill.slice(bill.indexOf('\n') + 1))
    .sort()
    .join('\n');

const pointText = (scenario: string, { call, strike }: CrashPoint): string =>
  `${scenario}: ${strike} at call ${String(call.index)}, ${call.process} ${call.door} ${call.operation}`;

/** Every `every`-th point of every scenario, so that a sample is spread over all of a life. */
export const runCrashPoints = async ({
  every = 1,
  said = () => undefined,
}: {
  readonly every?: number;
  readonly said?: (line: string) => void;
}): Promise<{ readonly points: number; readonly failures: readonly string[] }> => {
  const failures: string[] = [];
  let tried = 0;
  for (const [name, scenario] of Object.entries(crashScenarios)) {
    const { faultless, points, strikeAt } = await openCrashLife(scenario);
    const [flaw] = faultless.flaws;
    if (flaw !== undefined) failures.push(`${name}, without a fault: ${flaw.invariant}: ${flaw.what}`);
    const sample = points.filter((_, i) => i % every === 0);
    for (const point of sample) {
      const why = await strikeAt(point);
      if (why !== undefined) failures.push(`${pointText(name, point)}: ${why}`);
    }
    tried += sample.length;
    said(
      `${name}: ${String(sample.length)} of ${String(points.length)} crash points, ${String(failures.length)} failed`,
    );
  }
  return { points: tried, failures };
};
