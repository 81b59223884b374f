/**
 * Rerating: a period billed in several parts is priced again from all that is known now, and what was booked is taken
 * off, line by line. The answer is what is still to be booked: later use, and the correction of an earlier part whose
 * use turned out to be another. A line that is no longer true is reversed in the part that booked it. Unlike
 * `chargesForPart` this suits prices that may fall, since what is owed may be negative and become a credit.
 * On no bill yet: held to the worked cases.
 */
import { type Decimal, decimalText, isZero, subtract, sum, zero } from '../money/decimal.ts';
import { adjustLines, adjustUsage } from './adjusters/adjust.ts';
import type { Adjusters } from './adjusters/adjusters.ts';
import { type Price, chargesFor } from './index.ts';
import type { PricedLine, RoundAmount } from './priced-line.ts';

export interface BookedLine extends PricedLine {
  /** The part of the period the line bills, counted from 0. */
  readonly periodPart: number;
  /** The part whose use called for it: use in part 1 may reverse a line of part 0, as when a cheaper tier is reached. */
  readonly causedBy: number;
}

export interface KnownUse {
  /** Use since the start of the period up to the end of each part so far, as known now. */
  readonly usedByPart: readonly Decimal[];
  /** Every line booked for the period; credits on them say how they were paid, and change nothing here. */
  readonly booked: readonly BookedLine[];
  /** Whether the last of these parts ends the period, and so brings its minimum. */
  readonly final: boolean;
}

/** The lines still to be booked; with those booked already they come to the price of the use known now. */
export const rerate = (
  price: Price,
  adjusters: Adjusters,
  { usedByPart, booked, final }: KnownUse,
  round?: RoundAmount,
): readonly BookedLine[] => {
  let known = booked;
  const owed: BookedLine[] = [];
  for (const [periodPart, used] of usedByPart.entries()) {
    const place = final && periodPart === usedByPart.length - 1 ? 'only' : 'first';
    const charges = chargesFor(price, adjustUsage({ now: used }, adjusters).now);
    const lines = adjustLines([charges], adjusters, { place, ...(round && { round }) });
    const changes = changesTo(
      lines,
      known.filter((line) => line.causedBy <= periodPart),
      periodPart,
    );
    owed.push(...changes);
    known = [...known, ...changes];
  }
  return owed;
};

const changesTo = (lines: readonly PricedLine[], known: readonly BookedLine[], part: number): readonly BookedLine[] => {
  const wanted = new Set(lines.map(keyOf));
  const gone = Map.groupBy(
    known.filter((line) => !wanted.has(keyOf(line))),
    (line) => `${line.periodPart} ${keyOf(line)}`,
  );
  return [
    ...[...gone.values()].flatMap((group) =>
      group.slice(0, 1).map((line) => less({ ...line, ...nothing, causedBy: part }, group)),
    ),
    ...lines.map((line) => ({
      ...less(
        line,
        known.filter((each) => keyOf(each) === keyOf(line)),
      ),
      periodPart: part,
      causedBy: part,
    })),
  ].filter(({ quantity, amount, discount }) => [quantity, amount, discount].some((value) => !isZero(value)));
};

/** What is the same line, bill after bill: its part at its price. */
const keyOf = ({ kind, tier, part, unitPrice }: PricedLine): string =>
  `${kind} ${tier ?? ''} ${part} ${decimalText(unitPrice)}`;

const nothing = { quantity: zero, exact: zero, amount: zero, discount: zero } as const;

const less = <Line extends PricedLine>(line: Line, booked: readonly PricedLine[]): Line => {
  const without = (of: (line: PricedLine) => Decimal): Decimal => subtract(of(line), sum(booked.map(of)));
  return {
    ...line,
    quantity: without(({ quantity }) => quantity),
    exact: without(({ exact }) => exact),
    amount: without(({ amount }) => amount),
    discount: without(({ discount }) => discount),
    credits: zero,
  };
};
