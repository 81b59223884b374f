/**
 * Draws the flow table as a Mermaid picture: what starts each step, which event leads
 * to which step, and the lanes they run in. ARCHITECTURE.md holds what this draws, and
 * a test compares the two.
 */
import { hearersOf } from '#functions/lane-message.ts';
import type { FlowRow, Trigger } from '#functions/flow-row.ts';
import { flow, type StepName, stepNames } from '#functions/flow.ts';
import { laneNames, lanes } from '#functions/lanes.ts';

export const drawFlow = (): string =>
  ['flowchart LR', ...laneNames.map(drawLane), ...stepNames.flatMap(startsOf), ...stepNames.flatMap(tellsOf)].join(
    '\n',
  );

/** A table for people: the step, how it starts, and what its failure means. */
export const listSteps = (): string =>
  [
    '| step | lane | starts on | writes | when it fails |',
    '| --- | --- | --- | --- | --- |',
    ...stepNames.map((step) => {
      const { lane, on, writes, whenItFails }: FlowRow = flow[step];
      return `| \`${step}\` | ${lane} | ${on.map(inWords).join(', ')} | ${writes.join(', ') || '–'} | ${whenItFails} |`;
    }),
  ].join('\n');

const drawLane = (lane: (typeof laneNames)[number]): string =>
  [
    `  subgraph ${lane}["${lane}: ${lanes[lane].purpose}"]`,
    ...stepNames.filter((step) => flow[step].lane === lane).map((step) => `    ${step}`),
    '  end',
  ].join('\n');

const startsOf = (step: StepName): readonly string[] =>
  (flow[step].on as readonly Trigger[]).flatMap((trigger, i) =>
    trigger.on === 'events' ? [] : [`  ${step}-${String(i)}(["${inWords(trigger)}"]) --> ${step}`],
  );

const tellsOf = (step: StepName): readonly string[] =>
  (flow[step] as FlowRow).tells.flatMap((event) =>
    hearersOf(event).map((hearer) => `  ${step} -- ${event} --> ${hearer}`),
  );

const inWords = (trigger: Trigger): string => {
  switch (trigger.on) {
    case 'http':
      return `${trigger.method} ${trigger.path}`;
    case 'daily':
      return `daily ${trigger.utc} UTC`;
    case 'every':
      return `every ${String(trigger.minutes)} minutes`;
    case 'events':
      return trigger.names.join(', ');
  }
};
