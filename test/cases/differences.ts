/**
 * Where an answer differs from what a case expects. Numbers are compared as numbers ("2.50" is 2.5), exactly unless a
 * `tolerance` stands beside them; the order of `lines` says nothing; what a case does not mention is not compared.
 */
import { type Decimal, add, compare, parseDecimal, subtract, zero } from '#domain/money/decimal.ts';

export interface Difference {
  /** Where: `total`, `lines[0].amount`. */
  readonly at: string;
  readonly expected: unknown;
  readonly got: unknown;
}

export const differences = (expected: unknown, got: unknown, at = ''): readonly Difference[] => {
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return [{ at, expected, got }];
    return /(^|\.)lines$/.test(at) ? unordered(expected, got, at) : inOrder(expected, got, at);
  }
  if (isRecord(expected)) {
    if (!isRecord(got)) return [{ at, expected, got }];
    const tolerance = expected['tolerance'] === undefined ? zero : numberOf(expected['tolerance']);
    return Object.entries(expected)
      .filter(([key]) => key !== 'tolerance')
      .flatMap(([key, value]) => {
        const path = at === '' ? key : `${at}.${key}`;
        return near(value, got[key], tolerance) ? [] : differences(value, got[key], path);
      });
  }
  return expected === got || near(expected, got, zero) ? [] : [{ at, expected, got }];
};

const inOrder = (expected: readonly unknown[], got: readonly unknown[], at: string): readonly Difference[] =>
  expected.flatMap((each, i) => differences(each, got[i], `${at}[${i}]`));

/** Each expected line takes the first line left that agrees with it. */
const unordered = (expected: readonly unknown[], got: readonly unknown[], at: string): readonly Difference[] => {
  const left = [...got];
  return expected.flatMap((each, i) => {
    const match = left.findIndex((line) => differences(each, line).length === 0);
    if (match < 0) return [{ at: `${at}[${i}]`, expected: each, got: left }];
    left.splice(match, 1);
    return [];
  });
};

const near = (expected: unknown, got: unknown, tolerance: Decimal | undefined): boolean => {
  const [a, b] = [numberOf(expected), numberOf(got)];
  if (a === undefined || b === undefined || tolerance === undefined) return false;
  return compare(a, subtract(b, tolerance)) >= 0 && compare(a, add(b, tolerance)) <= 0;
};

const numberOf = (value: unknown): Decimal | undefined =>
  typeof value === 'string' || typeof value === 'number' ? parseDecimal(String(value)) : undefined;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
