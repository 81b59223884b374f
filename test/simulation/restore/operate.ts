/**
 * Whoever restores: does what decisions/0009-restore.md says, through the API alone, with
 * what the mail log holds, and a second time where the books are lost again. For the twins
 * that must fail, one part can be left out.
 */
import { assert, present } from '#domain/assert.ts';
import { addMinutes, type Instant, instantAt, parseInstant } from '#domain/time/instant.ts';
import { laneNames } from '#functions/lanes.ts';
import type { SimulatedCloud } from '../cloud/simulated-cloud.ts';
import type { Sender } from '../outside/sender.ts';
import { type BooksBackup, restoreBackup, takeBackup } from './books-backup.ts';
import type { Drill } from './drill-workload.ts';
import { mailLog } from './mail-log.ts';

export type LeftOut = 'fence' | 'gate';

interface Seen {
  readonly state: string;
  readonly lostSince: string;
}

interface Kept {
  readonly backup: BooksBackup;
  readonly at: Instant;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const mailsAtOnce = 25;
/** A reconciliation that waits for bills is asked for again, every hour for three days at most. */
const mostRounds = 72;

export const operate = async (
  drill: Drill,
  cloud: SimulatedCloud,
  sender: Sender,
  leftOut?: LeftOut,
): Promise<void> => {
  const { scheduler } = cloud;
  const { again } = drill;
  const until = (ms: number) => scheduler.sleep(Math.max(0, ms - scheduler.now()));
  await until(drill.backupMs);
  const first = await keep(cloud);
  await until(drill.lossMs);
  if (leftOut === 'gate') {
    await lose(first, cloud);
    await scheduler.sleep(drill.searchMs);
    cloud.start(laneNames);
    return;
  }
  let second: Kept | undefined;
  await restore(first, drill, cloud, client(cloud, sender, 'first'), leftOut, async (state) => {
    if (state === again?.backupIn) second = await keep(cloud);
  });
  if (again === undefined || second === undefined) return;
  await scheduler.sleep(again.lossAfterMs);
  await restore(second, drill, cloud, client(cloud, sender, 'second'), leftOut);
};

const keep = async ({ engines, scheduler }: SimulatedCloud): Promise<Kept> => ({
  at: instantAt(scheduler.now()),
  backup: await takeBackup(engines),
});

const lose = async ({ backup }: Kept, cloud: SimulatedCloud): Promise<void> => {
  cloud.stop([...laneNames, 'api']);
  while (cloud.isBusy()) await cloud.scheduler.sleep(minuteMs);
  await restoreBackup(cloud.engines, backup);
  cloud.start(['api', 'usage']);
};

/** The procedure, from the stop to the opening; `reached` hears of the states on the way. */
const restore = async (
  kept: Kept,
  { searchMs }: Drill,
  cloud: SimulatedCloud,
  { post, read }: ReturnType<typeof client>,
  leftOut: LeftOut | undefined,
  reached: (state: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> => {
  const { scheduler, engines } = cloud;
  await lose(kept, cloud);
  const { lostSince } = await post('', { restoredTo: kept.at, because: 'A drill.' });
  await scheduler.sleep(searchMs);
  await reached('closed');
  const since = addMinutes(present(parseInstant(lostSince), 'they say since when hours are lost'), -30);
  const mails = leftOut === 'fence' ? [] : mailLog(engines.mail.mails, since);
  for (let i = 0; i < mails.length; i += mailsAtOnce)
    await post('/mails', { mails: mails.slice(i, i + mailsAtOnce) }, String(i));
  await post('/fence', { numbers: [] });
  cloud.start(['billing', 'numbers', 'money', 'housekeeping']);
  await scheduler.sleep(hourMs);
  await reached('fenced');
  for (let round = 1; ; round += 1) {
    assert(round <= mostRounds, 'restored books come to be reconciled');
    await scheduler.sleep(30 * minuteMs);
    await post('/reconcile', {}, String(round));
    await scheduler.sleep(30 * minuteMs);
    if ((await read()).state === 'reconciled') break;
  }
  cloud.start(['messages']);
  assert((await post('/reopen', {})).state === 'open', 'reconciled books are opened');
};

/** Under keys of its own each time: the backup remembers the answers of the first. */
const client = ({ apiKey }: SimulatedCloud, sender: Sender, time: string) => ({
  post: async (step: string, body: object, nth = ''): Promise<Seen> => {
    const path = `/v1/restore${step}`;
    const answer = await sender.post(path, body, `${time}-${path}-${nth}`);
    assert(answer.status < 300, `${path} is answered ${String(answer.status)}: ${answer.body}`);
    return JSON.parse(answer.body) as Seen;
  },
  read: async (): Promise<Seen> => {
    const headers = { authorization: `Bearer ${apiKey}` };
    const answer = await sender.untilAnswered('api', { method: 'GET', path: '/v1/restore', headers });
    return JSON.parse(answer.body) as Seen;
  },
});
