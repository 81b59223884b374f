/** The scorecard as text and as Markdown: what was to be reached, what this commit reached, how to see it again. */
import { commandText, evidence, type Size } from './evidence.ts';
import { type Measure, notMeasured, type Reached } from './measures.ts';

export interface Line {
  readonly measure: Measure;
  /** Undefined where its command told nothing. */
  readonly reached: Reached | undefined;
}

const mark = (reached: Reached | undefined): string =>
  reached === undefined ? 'told nothing' : reached.isMet ? 'reached' : 'not reached';

const replayOf = ({ evidence: name }: Measure, size: Size): string => commandText(evidence[name][size]);

/** `isWhole`: with what is not measured. */
export const cardText = (lines: readonly Line[], size: Size, isWhole: boolean): string =>
  [
    ...lines.flatMap(({ measure, reached }) => [
      `${mark(reached).padEnd(12)} ${measure.name} (${measure.target})`,
      `             ${reached?.text ?? ''}`,
      `             ${replayOf(measure, size)}`,
    ]),
    ...(isWhole ? notMeasured : []).map(([measure, why]) => `not measured ${measure}: ${why}`),
  ].join('\n');

export const cardMarkdown = (lines: readonly Line[], size: Size, commit: string, day: string): string =>
  [
    '# Scorecard',
    '',
    `What commit ${commit} reached on ${day}, written by \`npm run prove -- --size ${size} --keep\`. The targets are those of the first version; a line says what was counted, not what is hoped.`,
    '',
    '| measure | target | reached | figures | see it again |',
    '| --- | --- | --- | --- | --- |',
    ...lines.map(
      ({ measure, reached }) =>
        `| ${measure.name} | ${measure.target} | ${reached?.isMet === true ? 'yes' : 'no'} | ${reached?.text ?? 'its command told nothing'} | \`${replayOf(measure, size)}\` |`,
    ),
    '',
    '## Not measured',
    '',
    ...notMeasured.map(([measure, why]) => `- ${measure}: ${why}.`),
    '',
    '## What only AWS and Stripe can show',
    '',
    'Permissions and encryption in force, cold starts, quotas, real throttling and contention, index lag and expiry, the limits of API Gateway, deliverability of mail, the settlement, radar and 3-D Secure of Stripe.',
    '',
  ].join('\n');
