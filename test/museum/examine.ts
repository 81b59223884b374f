/**
 * Examines one exhibit: puts its patch in, performs its checks, takes the patch out, and
 * performs those that fell once more on the clean source, where they must hold. Only then
 * is the bug caught. What the compiler refuses is no exhibit.
 */
import { type Check, checkText, type Exhibit, levelOf, patchFileOf } from './exhibit.ts';
import { type Outcome, performCheck } from './perform-check.ts';
import type { Workshop } from './workshop.ts';

export interface Finding {
  readonly exhibit: Exhibit;
  readonly caught: boolean;
  readonly checks: readonly CheckFinding[];
  /** Why it could not be examined at all. */
  readonly broken?: string;
}

export interface CheckFinding {
  readonly check: Check;
  readonly level: ReturnType<typeof levelOf>;
  readonly caught: boolean;
  /** The test or seed that caught it, or why none did. */
  readonly by: string;
  /** What it said of the bug. */
  readonly because: string;
  readonly seconds: number;
}

/** How each check ended on the clean source, by its text; filled as they are performed. */
export type Clean = Map<string, Promise<Outcome>>;

export const examine = async (exhibit: Exhibit, workshop: Workshop, clean: Clean): Promise<Finding> => {
  const patchFile = patchFileOf(exhibit);
  const refused = await workshop.putIn(patchFile).catch((error: unknown) => String(error));
  if (refused !== undefined) return { exhibit, caught: false, checks: [], broken: refused };
  const performed: { readonly check: Check; readonly outcome: Outcome; readonly seconds: number }[] = [];
  for (const check of exhibit.caughtBy) {
    const began = performance.now();
    const outcome = await performCheck(check, workshop.folder, exhibit.breaks);
    performed.push({ check, outcome, seconds: (performance.now() - began) / 1000 });
  }
  await workshop.takeOut(patchFile);

  const checks: CheckFinding[] = [];
  for (const { check, outcome, seconds } of performed)
    checks.push({ check, level: levelOf(check), seconds, ...(await verdictOf(check, outcome, workshop, clean)) });
  return { exhibit, caught: checks.every(({ caught }) => caught), checks };
};

const verdictOf = async (
  check: Check,
  outcome: Outcome,
  workshop: Workshop,
  clean: Clean,
): Promise<Pick<CheckFinding, 'caught' | 'by' | 'because'>> => {
  if (outcome.is === 'held') return { caught: false, by: checkText(check), because: 'It held with the bug in.' };
  if (outcome.is === 'broken') return { caught: false, by: checkText(check), because: outcome.because };
  const without = await performedClean(narrowed(check, outcome.by), workshop, clean);
  return without.is === 'held'
    ? { caught: true, by: outcome.by, because: outcome.because }
    : { caught: false, by: checkText(check), because: 'It does not hold without the bug either.' };
};

/** Of a range of seeds the clean source need only live the one that showed the bug. */
const narrowed = (check: Check, by: string): Check => {
  if (check.by !== 'simulation') return check;
  const seed = Number(by.replace('seed ', ''));
  return { ...check, seeds: [seed, seed] };
};

const performedClean = (check: Check, { folder }: Workshop, clean: Clean): Promise<Outcome> => {
  const key = `${check.by === 'lint' ? check.file : ''} ${checkText(check)}`;
  const outcome = clean.get(key) ?? performCheck(check, folder, []);
  clean.set(key, outcome);
  return outcome;
};
