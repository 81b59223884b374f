/** A soak in words: what was done, what came of it, each violation, and last how many checks passed. */
import type { Soaked } from './soaked.ts';

export const reportSoak = (soaked: Soaked): string => {
  const { usage, charges, violations, checks } = soaked;
  const kills = Object.values(soaked.kills).reduce((sum, each) => sum + each, 0);
  const failed = checks.filter(({ isPassed }) => !isPassed);
  return [
    `${String(soaked.days)} simulated days in ${String(soaked.seconds)} s, seed ${String(soaked.seed)}`,
    `${String(kills)} processes killed: ${listed(soaked.kills)}`,
    `usage: ${String(usage.made)} events made, ${String(usage.acknowledged)} acknowledgements, ${String(usage.resent)} resent for want of one, ${String(usage.repeated)} repeated on purpose, ${String(usage.lost)} lost`,
    `${String(soaked.customers)} customers, ${String(soaked.bills)} bills, ${String(soaked.mails)} mails, ${String(soaked.paidByLink)} payments by link`,
    `charges: ${listed(charges)}; unexplained minor units: ${listed(soaked.unexplained) || 'none'}`,
    `${String(soaked.schedulesMissed)} times schedules were missed, ${String(soaked.deadLettersPutBack)} dead letters put back by hand`,
    blackoutText(soaked),
    ...soaked.held.map(
      ({ process, what, quarters }) => `${what} of the ${process}, median of each quarter: ${quarters.join(', ')}`,
    ),
    `${String(violations.length)} violations`,
    ...violations.map(({ invariant, what, keys }) => `  ${invariant} ${what} (${keys.join(', ')})`),
    ...failed.map(({ name, because = '' }) => `FAILED ${name}: ${because}`),
    `${String(checks.length - failed.length)} passed, ${String(failed.length)} failed`,
    '',
  ].join('\n');
};

const listed = (counts: Readonly<Record<string, number | string>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(', ');

const blackoutText = ({ blackout }: Soaked): string => {
  if (blackout === undefined) return 'no blackout';
  const { away, due, recoveredInMinutes, deadLetters } = blackout;
  const recovered =
    recoveredInMinutes === undefined
      ? 'were never all issued'
      : `were all issued ${String(recoveredInMinutes)} simulated minutes after its return`;
  return `blackout: the store was away from ${away.from} until ${away.until}; the ${String(due)} bills due that night ${recovered}, with ${String(deadLetters)} dead letters`;
};
