/**
 * What each function needs, read off the rows of its lane in the flow: its doors and
 * schedules, the ports it uses, the records it writes, the lanes it sends to. The API
 * is one function more, with the row of functions/api/grants.ts.
 */
import { apiGrants } from '#functions/api/grants.ts';
import type { FlowRow } from '#functions/flow-row.ts';
import { flow, type StepName, stepNames } from '#functions/flow.ts';
import { hearersOf } from '#functions/lane-message.ts';
import { type LaneName, laneNames } from '#functions/lanes.ts';
import type { Port } from '#functions/ports.ts';
import type { RecordKind } from '#functions/records/index.ts';

export type FunctionName = LaneName | 'api';

export interface FunctionNeeds {
  readonly name: FunctionName;
  /** Its rows of the flow; the API has none. */
  readonly steps: readonly (FlowRow & { readonly step: StepName })[];
  readonly uses: readonly Port[];
  readonly writes: readonly RecordKind[];
  /** True where it tells anything, heard or not: the outbox has it either way. */
  readonly tells: boolean;
  readonly sendsTo: readonly LaneName[];
  /** Publishes what others left in the outbox. */
  readonly sweeps: boolean;
  /** Asks its callers for an API key. */
  readonly checksApiKeys: boolean;
  /** A door that takes keys for writing usage appends to the usage log; whoever else uses it reads. */
  readonly usageLog: 'append' | 'read' | undefined;
}

const rowsOf = (lane: LaneName) =>
  stepNames.flatMap((step) => (flow[step].lane === lane ? [{ step, ...(flow[step] as FlowRow) }] : []));

const distinct = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

const lanesHearing = (names: readonly string[]): readonly LaneName[] =>
  distinct(names.flatMap(hearersOf).map((step) => flow[step].lane));

/** Lanes whose steps are sent messages; one that has only doors needs no queue. */
export const lanesWithQueue: readonly LaneName[] = laneNames.filter((lane) =>
  rowsOf(lane).some(({ on }) => on.some((trigger) => trigger.on !== 'http')),
);

const laneNeeds = (name: LaneName): FunctionNeeds => {
  const steps = rowsOf(name);
  const uses = distinct(steps.flatMap((row) => row.uses));
  const tells = distinct(steps.flatMap((row) => row.tells));
  const scopes = steps.flatMap(({ on }) => on.flatMap((trigger) => (trigger.on === 'http' ? [trigger.scope] : [])));
  const sweeps = steps.some(({ kind }) => kind === 'sweep');
  return {
    name,
    steps,
    uses,
    writes: distinct(steps.flatMap((row) => row.writes)),
    tells: tells.length > 0,
    sendsTo: sweeps ? lanesHearing(stepNames.flatMap((step) => [...flow[step].tells])) : lanesHearing(tells),
    sweeps,
    checksApiKeys: scopes.some((scope) => scope !== undefined),
    usageLog: uses.includes('usageLog') ? (scopes.includes('usage:write') ? 'append' : 'read') : undefined,
  };
};

const apiNeeds: FunctionNeeds = {
  name: 'api',
  steps: [],
  uses: apiGrants.uses,
  writes: apiGrants.writes,
  tells: true,
  sendsTo: lanesHearing(apiGrants.tells),
  sweeps: false,
  checksApiKeys: true,
  usageLog: 'read',
};

export const functionNeeds: readonly FunctionNeeds[] = [...laneNames.map(laneNeeds), apiNeeds];
