/**
 * Every fault the simulator knows, by where it strikes, and how often at most: in a
 * seed that has it, its rate is drawn evenly up to this. Those of a door strike one of
 * its calls; the others are asked for where they could happen.
 */
export const doorFaults = {
  store: { conflict: 0.08, throttle: 0.08, '5xx-before': 0.06, '5xx-after': 0.06 },
  queue: { throttle: 0.06, '5xx-before': 0.06, '5xx-after': 0.06 },
  stripe: {
    timeout_before: 0.12,
    timeout_after: 0.12,
    reset_before: 0.1,
    reset_after: 0.1,
    rate_limited: 0.15,
    key_in_use: 0.1,
    server_error_before: 0.1,
    server_error_after: 0.1,
  },
  mail: {
    throttled: 0.25,
    refused: 0.1,
    timeout_before: 0.1,
    timeout_after: 0.15,
    '5xx-before': 0.1,
    '5xx-after': 0.1,
  },
} as const;

/** Of any door call: the process ends before or after its effect, or stands still for a while before it. */
export const processFaults = { dies_before: 0.01, dies_after: 0.01, freezes: 0.01 } as const;

const otherFaults = {
  'store.unprocessed': 0.2,
  'store.page-of-one': 0.3,
  'store.stale-index': 0.3,
  'store.blackout': 1,
  'queue.drops-message': 0.05,
  'queue.loses-answer': 0.05,
  'queue.delivers-twice': 0.15,
  'queue.delays': 0.15,
  'queue.reorders': 0.5,
  'queue.not-deleted': 0.1,
  'webhook.lost': 0.3,
  'webhook.twice': 0.3,
  'webhook.delayed': 0.3,
  'clock.leaps-25h': 0.02,
  'clock.behind-90s': 0.3,
  'clock.behind-5min': 0.1,
  'schedule.missed': 0.3,
  'schedule.twice': 0.2,
  'schedule.three-times': 0.1,
  'skew.unknown-step': 0.1,
  'skew.added-fields': 0.3,
  'client.posts-twice': 0.3,
  'client.hangs-up': 0.1,
  'process.cold-start': 0.1,
} as const;

export type Door = keyof typeof doorFaults;
export type DoorFault = { [Each in Door]: keyof (typeof doorFaults)[Each] }[Door];
export type ProcessFault = keyof typeof processFaults;
export type OtherFault = keyof typeof otherFaults;
export type FaultKind =
  | OtherFault
  | `process.${ProcessFault}`
  | { [Each in Door]: `${Each}.${keyof (typeof doorFaults)[Each] & string}` }[Door];

const ofDoors = Object.entries(doorFaults).flatMap(([door, faults]) =>
  Object.entries(faults).map(([fault, rate]) => [`${door}.${fault}`, rate] as const),
);
const ofProcesses = Object.entries(processFaults).map(([fault, rate]) => [`process.${fault}`, rate] as const);

/** The highest rate of each. */
export const highestRates = new Map<FaultKind, number>([
  ...(ofDoors as [FaultKind, number][]),
  ...(ofProcesses as [FaultKind, number][]),
  ...(Object.entries(otherFaults) as [FaultKind, number][]),
]);
export const faultKinds: readonly FaultKind[] = [...highestRates.keys()];

/**
 * Left out unless asked for: instants of one record come from several clocks, and where
 * those are minutes apart a record can seem to end before it begins, and usage to have
 * arrived before a cut-off that it missed. We hold AWS to its clocks being together.
 */
export const onlyWhenAsked: ReadonlySet<FaultKind> = new Set(['clock.behind-5min']);
