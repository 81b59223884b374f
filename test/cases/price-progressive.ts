/** Cases of several invoices inside one period: each phase rerates what is known and books what is owed beyond. */
import * as z from 'zod';
import { type Decimal, decimal, decimalText, rescale, sum } from '#domain/money/decimal.ts';
import { adjusterTerms } from '#domain/pricing/adjusters/adjusters.ts';
import { priceTerms } from '#domain/pricing/index.ts';
import { netTotal } from '#domain/pricing/priced-line.ts';
import { type BookedLine, rerate } from '#domain/pricing/rerate.ts';
import type { Family } from './case.ts';
import { priceCase } from './price-case.ts';
import { lineAnswer } from './line-answer.ts';
import { adjustersOf, termsOf } from './price-terms.ts';

const phase = z.strictObject({
  period: z.array(z.string()).length(2).optional(),
  cumulative: z.string().optional(),
  cumulativeByPeriod: z.array(z.string()).optional(),
});

const progressiveCase = z.strictObject({
  ...priceCase.pick({ currency: true, rounding: true, price: true, discounts: true }).shape,
  mode: z.enum(['cumulative-delta', 'late-event-period-preserving']),
  phases: z.array(phase),
  minimumOnlyOnFinalPhase: z.literal(true).optional(),
});

export const priceProgressive: Family = (input) => {
  const given = progressiveCase.parse(input);
  const { currency, rounding, price: stated, discounts } = input;
  const asPrice = priceCase.parse({ currency, rounding, price: stated, discounts });
  const price = priceTerms.parse(termsOf(asPrice));
  const adjusters = adjusterTerms.parse(adjustersOf(asPrice));
  const { scale = 2, mode = 'half_up' } = asPrice.rounding;
  const round = (exact: Decimal): Decimal => (asPrice.rounding.at === 'line' ? rescale(exact, scale, mode) : exact);

  let booked: readonly BookedLine[] = [];
  const phases = given.phases.map(({ cumulative, cumulativeByPeriod }, i) => {
    const final = i === given.phases.length - 1;
    // A cumulative case knows one figure, so the whole period is one part and every correction falls on it.
    const usedByPart = (cumulativeByPeriod ?? [cumulative ?? '0']).map(decimal);
    const lines = rerate(price, adjusters, { usedByPart, booked, final }, round);
    booked = [...booked, ...lines];
    return {
      total: decimalText(netTotal(lines)),
      amount: decimalText(sum(lines.map(({ amount }) => amount))),
      discount: decimalText(sum(lines.map(({ discount }) => discount))),
      lines: lines.map((line) => ({
        ...lineAnswer(line, given.price),
        period: given.phases[line.periodPart]?.period,
      })),
    };
  });
  return { phases };
};
