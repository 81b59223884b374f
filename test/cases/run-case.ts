/** Runs one case: skipped with a reason, passed, or failed with what differs. A throw of the domain is a failure too. */
import type { Answer, Case } from './case.ts';
import { type Difference, differences } from './differences.ts';
import { families } from './families.ts';
import { skipReason } from './skips.ts';

export type Outcome =
  | { readonly id: string; readonly family: string; readonly result: 'passed' }
  | { readonly id: string; readonly family: string; readonly result: 'skipped'; readonly reason: string }
  | {
      readonly id: string;
      readonly family: string;
      readonly result: 'failed';
      readonly differences: readonly Difference[];
    };

export const runCase = (given: Case): Outcome => {
  const { id, family } = given;
  const reason = skipReason(given);
  if (reason !== undefined) return { id, family, result: 'skipped', reason };
  const found = differ(given);
  return found.length === 0 ? { id, family, result: 'passed' } : { id, family, result: 'failed', differences: found };
};

const differ = (given: Case): readonly Difference[] => {
  const run = families[given.family];
  if (run === undefined) return [{ at: 'family', expected: 'a known family', got: given.family }];
  let answer: Answer;
  try {
    answer = run(given.input, given.folder);
  } catch (thrown) {
    return [
      { at: '', expected: given.expect, got: `thrown: ${thrown instanceof Error ? thrown.message : String(thrown)}` },
    ];
  }
  const refusedHere = answer['error'] === true;
  if (refusedHere !== (given.expect['error'] === true)) return [{ at: '', expected: given.expect, got: answer }];
  return refusedHere ? [] : differences(given.expect, answer);
};
