/**
 * One soak: the platform as real processes under load, on a compressed calendar, with
 * one of them killed every moment; in the middle the store is away for three hours at
 * midnight. At the end it comes to rest and is judged by what it left on disk.
 */
import { instant } from '#domain/time/instant.ts';
import { leapingClock } from '#local/leaping-clock.ts';
import { chance } from '../simulation/engine/chance.ts';
import { type Blackout, liveBlackout, midnightAhead } from './blackout.ts';
import { calendar as openCalendar, type StepOptions } from './calendar.ts';
import { comeToRest } from './come-to-rest.ts';
import { customers as openCustomers, setUpPlans } from './customers.ts';
import { startFleet } from './fleet.ts';
import { judge } from './judge.ts';
import { loggedBugs } from './logged-bugs.ts';
import { killer as openKiller } from './killer.ts';
import { payer as openPayer } from './payer.ts';
import { queueWatch } from './queue-watch.ts';
import { watchResources } from './resources.ts';
import { sender as openSender } from './sender.ts';
import { soakFiles } from './soak-files.ts';
import type { Soaked } from './soaked.ts';
import { takeEvidence } from './take-evidence.ts';
import { usage as openUsage } from './usage.ts';

export interface SoakOptions {
  readonly dir: string;
  readonly seed: number;
  readonly seconds: number;
  /** At least so many are killed, evenly over the run; one every half second to three seconds unless said. */
  readonly kills?: number | undefined;
  readonly hasBlackout: boolean;
  readonly progress: (line: string) => void;
}

const begins = instant('2026-01-25T00:00:00.000Z');
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const eventsPerSecond = 150;
/** 24 of them are a day of two seconds, where nothing has to be waited for. */
const hour: StepOptions = { stepMs: hourMs, patienceMs: 2_000, leastMs: 83 };
/** Somebody looks after what was given up on once a week. */
const redriveEveryDays = 7;
/** The mean of the killer's own pace, and how much of it is lost at most to the blackout and to who is away already. */
const secondsPerKill = 1.75;
const lostKills = 0.4;
const saysEveryMs = 10_000;
const payersADay = 0.5;
/** The blackout waits for a night with so many, but not past three quarters of the run. */
const billsInBlackout = 3;

export const soak = async ({ dir, seed, seconds, kills, hasBlackout, progress }: SoakOptions): Promise<Soaked> => {
  const clock = leapingClock(soakFiles(dir).clock, begins);
  const fleet = await startFleet(dir, clock, chance(seed, 'ports'));
  progress(`${String(fleet.victims.length + 2)} processes are up`);
  const random = chance(seed, 'days');
  const sender = openSender(fleet.url, fleet.apiKey);
  const usage = openUsage(chance(seed, 'usage'), sender);
  const customers = openCustomers(chance(seed, 'customers'), sender);
  const payer = openPayer({ ...fleet, random: chance(seed, 'payer') });
  const queues = queueWatch(fleet.sqs, fleet.laneUrls);
  await setUpPlans(sender);

  const began = performance.now();
  const elapsedMs = () => performance.now() - began;
  let livedDays = 0;
  let usageUpTo = 0;
  let isQuiet = false;
  let redriven = 0;
  const act = async () => {
    if (isQuiet) return sender.round();
    const isNewDay = Math.floor((clock.nowMs() - Date.parse(begins)) / dayMs) >= livedDays;
    if (isNewDay) {
      livedDays += 1;
      customers.live(clock.now());
    }
    const wanted = Math.floor((elapsedMs() * eventsPerSecond) / 1_000);
    usage.send(wanted - usageUpTo, customers.subjects, clock.now());
    usageUpTo = wanted;
    await Promise.all([sender.round(), isNewDay && random() < payersADay ? payer.pay() : undefined]);
    if (isNewDay && livedDays % redriveEveryDays === 0) redriven += await queues.redrive();
  };
  const calendar = openCalendar({ clock, world: fleet.world, queues, act });

  const ownKills = Math.floor(seconds / secondsPerKill);
  const killsAsked = kills ?? Math.floor(ownKills * (1 - lostKills));
  const pace = killsAsked / (1 - lostKills) / ownKills;
  const killer = openKiller(fleet.victims, chance(seed, 'killer'), pace);
  const watch = watchResources([fleet.steady, fleet.mail]);
  let blackout: Blackout | undefined;
  let saidAt = 0;
  while (elapsedMs() < seconds * 1_000) {
    await calendar.step(hour);
    if (elapsedMs() - saidAt > saysEveryMs) {
      saidAt = elapsedMs();
      progress(
        `${clock.now().slice(0, 13)}h  ${String(killer.total())} killed, ${String(sender.acknowledged.length)} events acknowledged, ${String(sender.waiting())} requests wait`,
      );
    }
    if (!hasBlackout || blackout !== undefined || elapsedMs() < seconds * 500) continue;
    const midnight = await midnightAhead(
      fleet.world,
      clock.now(),
      elapsedMs() < seconds * 750 ? billsInBlackout : 1,
    ).catch(() => undefined);
    if (midnight === undefined) continue;
    killer.rest();
    await fleet.up();
    progress(`${clock.now()}  the store goes away`);
    blackout = await liveBlackout(midnight, { fleet, clock, calendar, queues });
    progress(`${clock.now()}  recovered in ${String(blackout.recoveredInMinutes)} simulated minutes`);
    killer.goOn();
  }

  await killer.stop();
  await fleet.up();
  const held = await watch.stop();
  progress(`${clock.now().slice(0, 13)}h  nobody is killed any more; coming to rest`);
  isQuiet = true;
  const rest = await comeToRest(calendar, queues, sender);
  await fleet.stop();

  progress('auditing');
  const snapshot = await takeEvidence(dir, clock, sender.acknowledged);
  const { lost, ...judged } = judge(snapshot, {
    ...{ killsAsked, hasBlackout, held, blackout, isCalm: rest.isCalm },
    kills: Object.fromEntries(killer.kills),
    endedByThemselves: fleet.endedByThemselves(),
    mistakes: [...sender.mistakes, ...loggedBugs(dir)],
  });
  return {
    ...{ seed, seconds, days: livedDays, blackout, held },
    kills: Object.fromEntries(killer.kills),
    usage: {
      made: usage.made(),
      acknowledged: sender.acknowledged.length,
      resent: sender.resent(),
      repeated: usage.repeated(),
      lost,
    },
    customers: customers.count(),
    paidByLink: payer.paid(),
    schedulesMissed: calendar.missed(),
    deadLettersPutBack: redriven + rest.redriven,
    ...judged,
  };
};
