/**
 * Which faults strike when. A swarm has a random part of all kinds at random rates, so
 * that rare combinations occur; a crash point has one fault at one door call and none
 * besides. Every fault that strikes is counted; once stopped, none does any more.
 */
import { canConflict } from '#local/dynamodb/faults.ts';
import { below, type Chance, chance } from './chance.ts';
import {
  type Door,
  type DoorFault,
  doorFaults,
  type FaultKind,
  faultKinds,
  highestRates,
  type OtherFault,
  type ProcessFault,
  processFaults,
} from './fault-kinds.ts';

export interface DoorCall {
  /** Counted over the whole run, from 0. */
  readonly index: number;
  readonly door: Door;
  readonly operation: string;
}

/** What strikes a call: its process or its door. `redelivered`: what the process works on is given to another one too. */
export type CallFault = { readonly process: ProcessFault | 'redelivered' } | { readonly door: DoorFault };

export interface Faults {
  readonly fired: ReadonlyMap<string, number>;
  atCall(call: DoorCall): CallFault | undefined;
  /** Asked where a fault of this kind could happen. */
  strikes(kind: OtherFault): boolean;
  /** Even in [0, limit), of the stream of this kind. */
  amount(kind: OtherFault | `process.${ProcessFault}`, limit: number): number;
  /** Nothing goes wrong from here on. */
  stop(): void;
}

const counter = () => {
  const fired = new Map<string, number>();
  return { fired, count: (kind: string) => fired.set(kind, (fired.get(kind) ?? 0) + 1) };
};

/** The kinds a seed has and their rates; `without` takes some away. */
export const swarmRates = (
  seed: number,
  without: ReadonlySet<FaultKind> = new Set(),
): ReadonlyMap<FaultKind, number> => {
  const random = chance(seed, 'swarm');
  // One seed in ten has no faults but the order of things; the others have from few kinds to nearly all.
  const share = random() < 0.1 ? 0 : random();
  const rates = faultKinds.map((kind) => {
    const [isIn, rate] = [random() < share, random()];
    return [kind, isIn ? rate * (highestRates.get(kind) ?? 0) : 0] as const;
  });
  return new Map(rates.filter(([kind, rate]) => rate > 0 && !without.has(kind)));
};

export const swarmFaults = (seed: number, rates: ReadonlyMap<FaultKind, number>): Faults => {
  const { fired, count } = counter();
  const streams = new Map<string, Chance>();
  const streamOf = (kind: string): Chance => {
    const stream = streams.get(kind) ?? chance(seed, `fault:${kind}`);
    streams.set(kind, stream);
    return stream;
  };
  let isOver = false;
  const strikes = (kind: FaultKind): boolean => {
    const rate = rates.get(kind);
    if (isOver || rate === undefined || streamOf(kind)() >= rate) return false;
    count(kind);
    return true;
  };
  return {
    fired,
    strikes,
    atCall: ({ door, operation }) => {
      for (const fault of Object.keys(processFaults) as ProcessFault[])
        if (strikes(`process.${fault}`)) return { process: fault };
      for (const fault of Object.keys(doorFaults[door]) as DoorFault[]) {
        if (fault === 'conflict' && !canConflict(operation)) continue;
        if (strikes(`${door}.${fault}` as FaultKind)) return { door: fault };
      }
      return undefined;
    },
    amount: (kind, limit) => below(streamOf(`${kind}:amount`), limit),
    stop: () => {
      isOver = true;
    },
  };
};

/** One fault at one call; none where it is left out. */
export const faultAt = (index?: number, fault?: CallFault): Faults => {
  const { fired, count } = counter();
  return {
    fired,
    strikes: () => false,
    atCall: (call) => {
      if (call.index !== index || fault === undefined) return undefined;
      count('process' in fault ? `process.${fault.process}` : `${call.door}.${fault.door}`);
      return fault;
    },
    amount: () => 0,
    stop: () => undefined,
  };
};
