/** What a deployment that nobody uses costs, from the template and the price file. */
import { expect, it } from 'vitest';
import { unbundledTemplates } from '#infra/unbundled-templates.ts';
import { firingsADay, idleLines, pricedLines, sumOf } from '#bench/idle-cost.ts';

const lines = pricedLines(idleLines(Object.values(unbundledTemplates())));
const line = (kind: string) => lines.find((each) => each.kind === kind)!;

it('is below five dollars a month', () => {
  expect(sumOf(lines, 'usd')).toBeLessThan(5);
});

it('counts what is there: one key at a dollar, three secrets at 0.40, ten alarms of 25 free', () => {
  expect([line('key').usd, line('secrets').usd]).toEqual([1, expect.closeTo(1.2)]);
  expect(line('alarms')).toMatchObject({ units: 25, listUsd: expect.closeTo(2.5), usd: expect.closeTo(1.5) });
});

it('counts the polling of each queue that feeds a function: 5 polls of 20 s for 730 h are 657,000', () => {
  expect(line('polling of queues').units).toBe(4 * 657_000);
  expect(line('polling of FIFO queues').units).toBe(657_000);
});

it('uses an allowance once, in the order of the lines', () => {
  const [first, second] = pricedLines([
    { kind: 'a', price: 'sqsRequest', units: 700_000 },
    { kind: 'b', price: 'sqsRequest', units: 700_000 },
  ]);
  expect([first!.usd, second!.usd]).toEqual([0, expect.closeTo(0.16)]); // 400,000 × 0.0000004
});

it.each([
  ['cron(0 1 * * ? *)', 1],
  ['cron(0/15 * * * ? *)', 96],
  ['cron(0 0/4 * * ? *)', 6],
])('%s fires %i times a day', (expression, times) => {
  expect(firingsADay(expression)).toBe(times);
});

it('does not guess at a schedule it cannot count', () => {
  expect(() => firingsADay('rate(5 minutes)')).toThrow('not a schedule this file can count');
});
