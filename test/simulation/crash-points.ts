/**
 * Strikes every door call of a life in turn: its process dies before or after it, its
 * answer is lost, it is throttled, it fails, what it works on is delivered twice. However
 * it is struck, everything that must hold holds, and the bills are those written down.
 */
import { present } from '#domain/assert.ts';
import type { CallFault, Faults } from './engine/faults.ts';
import { faultAt } from './engine/faults.ts';
import type { Door, DoorFault } from './engine/fault-kinds.ts';
import { crashScenarios } from './outside/crash-scenarios.ts';
import { simulate } from './simulate.ts';
import type { MadeCall, Simulated } from './simulated.ts';

const seed = 1;

const strikes = ['dies before', 'dies after', 'answer lost', 'throttled', 'fails', 'delivered twice'] as const;
type Strike = (typeof strikes)[number];

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

interface CrashPoint {
  readonly call: MadeCall;
  readonly strike: Strike;
}

interface CrashLife {
  readonly faultless: Simulated;
  readonly points: readonly CrashPoint[];
}

const settlesInDays = 4;

const crashScenario = (scenario: string) => present(crashScenarios[scenario], `${scenario} is a crash scenario`);

const live = (scenario: string, faults: Faults) =>
  simulate({ seed, workload: crashScenario(scenario).workload, faults, settlesInDays });

/** The life without a fault, and every way to strike it. */
export const crashLife = async (scenario: string): Promise<CrashLife> => {
  const { aims = () => true } = crashScenario(scenario);
  const lived = await live(scenario, faultAt());
  const wrong = whyOtherBills(scenario, lived);
  const flaws = wrong === undefined ? [] : [{ invariant: 'crash', what: wrong, keys: [] }];
  const faultless = { ...lived, flaws: [...lived.flaws, ...flaws] };
  const points = faultless.calls
    .filter(({ process }) => aims(process))
    .flatMap((call) => strikes.map((strike) => ({ call, strike })));
  return { faultless, points };
};

/** Why the life with this point is not as it must be; undefined where it is. */
const strikeAt = async (scenario: string, { call, strike }: CrashPoint): Promise<string | undefined> => {
  const struck = await live(scenario, faultAt(call.index, faultOf(strike, call.door)));
  const [flaw] = struck.flaws;
  if (flaw !== undefined) return `${flaw.invariant}: ${flaw.what}`;
  if (struck.fired.size === 0) return 'the call was never made';
  // A mail of unknown fate is not sent twice (I33), and who has no mail cannot pay by its link.
  return whyOtherBills(scenario, struck, call.door === 'mail' ? withoutStatus : undefined);
};

const whyOtherBills = (
  scenario: string,
  { bills }: Simulated,
  asCompared = (text: string) => text,
): string | undefined => {
  const [found, wanted] = [bills.map(withoutNumber), crashScenario(scenario).bills].map((each) =>
    asCompared(each.toSorted().join('\n')),
  );
  return found === wanted ? undefined : `the bills are\n${String(found)}\nand not\n${String(wanted)}`;
};

/** Who of several gets which number may change with the order in which they signed up; the audit sees that there is no gap. */
const withoutNumber = (bill: string): string => bill.slice(bill.indexOf('\n') + 1);

const withoutStatus = (bills: string): string => bills.replace(/^(Total .*), .*$/gm, '$1');

const pointText = (scenario: string, place: number, { call, strike }: CrashPoint): string =>
  `${scenario}, point ${String(place)}: ${strike} at call ${String(call.index)}, ${call.process} ${call.door} ${call.operation}`;

/** Some of the points of one scenario, by their places. */
export interface CrashJob {
  readonly scenario: string;
  readonly places: readonly number[];
}
export interface Struck {
  readonly scenario: string;
  readonly points: number;
  readonly failures: readonly string[];
}

const lives = new Map<string, Promise<CrashLife>>();

export const strikeAll = async ({ scenario, places }: CrashJob): Promise<Struck> => {
  const opened = lives.get(scenario) ?? crashLife(scenario);
  lives.set(scenario, opened);
  const { points } = await opened;
  const failures: string[] = [];
  for (const place of places) {
    const point = present(points[place], `${scenario} has a crash point ${String(place)}`);
    const why = await strikeAt(scenario, point);
    if (why !== undefined) failures.push(`${pointText(scenario, place, point)}: ${why}`);
  }
  return { scenario, points: places.length, failures };
};
