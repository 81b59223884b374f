/**
 * Passes judgement on a soak: the audit of everything on disk, the simulator's cross
 * check, the client's own list held against the log, and what was asked of the run
 * itself. Every check has a name and, where it failed, the reason.
 */
import { audit } from '#domain/audit/audit.ts';
import type { Acknowledged, Snapshot } from '#domain/audit/snapshot.ts';
import { crossCheck } from '../simulation/cross-check.ts';
import type { Check, Soaked } from './soaked.ts';
import { unexplained } from './unexplained.ts';

export interface Lived extends Pick<Soaked, 'kills' | 'blackout' | 'held'> {
  readonly killsAsked: number;
  readonly hasBlackout: boolean;
  readonly isCalm: boolean;
  readonly endedByThemselves: readonly string[];
  /** Answers and log lines that no kill excuses. */
  readonly mistakes: readonly string[];
}

type Judgement = Pick<Soaked, 'bills' | 'charges' | 'mails' | 'unexplained' | 'violations' | 'checks'> & {
  readonly lost: number;
};

export const judge = (snapshot: Snapshot, lived: Lived): Judgement => {
  // A bill too small for a card has no link to know it by, and its mail names no invoice; how many came is counted below.
  const linked = snapshot.mails.filter(({ invoice }) => invoice !== null);
  const { flaws } = crossCheck({ ...snapshot, mails: linked });
  const violations = [...audit(snapshot), ...flaws];
  const lost = lostOf(snapshot.acknowledged ?? [], snapshot);
  const cents = unexplained(snapshot);
  const [mails, letters] = [snapshot.mails.length, snapshot.books.letters.length];
  const count = (state: string) => snapshot.charges.filter(({ status }) => status === state).length;
  return {
    bills: snapshot.books.invoices.length,
    charges: { succeeded: count('succeeded'), failed: count('failed'), pending: count('pending') },
    mails,
    unexplained: cents,
    violations,
    lost,
    checks: [
      check('every invariant holds', violations.length === 0, `${String(violations.length)} violations`),
      check('every acknowledged event is in the log', lost === 0, `${String(lost)} are not`),
      check(
        'no minor unit is unexplained',
        Object.values(cents).every((minor) => minor === '0'),
        JSON.stringify(cents),
      ),
      check('no letter was mailed twice', mails <= letters, `${String(mails)} mails of ${String(letters)} letters`),
      check(
        'something was billed, charged and mailed',
        count('succeeded') > 0 && mails > 0,
        `${String(count('succeeded'))} charges, ${String(mails)} mails`,
      ),
      ...checksOf(lived),
    ],
  };
};

const checksOf = ({ killsAsked, isCalm, endedByThemselves, mistakes, held, ...lived }: Lived): readonly Check[] => {
  const kills = Object.values(lived.kills).reduce((sum, each) => sum + each, 0);
  const never = Object.entries(lived.kills).flatMap(([name, times]) => (times === 0 ? [name] : []));
  return [
    check('as many were killed as asked', kills >= killsAsked, `${String(kills)} of ${String(killsAsked)}`),
    check('all kinds were killed', never.length === 0, `never: ${never.join(', ')}`),
    check('it came to rest', isCalm, 'messages or requests are left'),
    check('no process ended by itself', endedByThemselves.length === 0, endedByThemselves.join('; ')),
    check('nothing was refused or failed but by an outage', mistakes.length === 0, mistakes.slice(0, 5).join('; ')),
    ...(lived.hasBlackout ? [blackoutCheck(lived.blackout)] : []),
    ...held.map(({ process, what, quarters, isFlat }) =>
      check(`${what} of the ${process} stay flat`, isFlat, quarters.join(', ')),
    ),
  ];
};

const blackoutCheck = (blackout: Soaked['blackout']): Check =>
  check(
    'three hours without the store at midnight heal by themselves',
    blackout?.recoveredInMinutes !== undefined && blackout.deadLetters === 0,
    blackout === undefined ? 'no night with bills came' : JSON.stringify(blackout),
  );

const check = (name: string, isPassed: boolean, because: string): Check =>
  isPassed ? { name, isPassed } : { name, isPassed, because };

/** Worked out past the audit, which looks at bodies too. */
const lostOf = (acknowledged: readonly Acknowledged[], { journal }: Snapshot): number => {
  const stored = new Set(journal.map(({ source, id }) => `${source} ${id}`));
  return acknowledged.filter(({ source, id }) => !stored.has(`${source} ${id}`)).length;
};
