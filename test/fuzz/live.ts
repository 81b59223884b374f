/**
 * One life of the fuzz: a world of its own, so many requests, each drawn from the seed, its
 * place in the run and what those before it in the same life have made, a day of calm, and
 * what its caller then does with the world. Equal seeds, beginnings and places are equal
 * requests.
 */
import { addDaysTo, addMinutes, epochMs } from '#domain/time/instant.ts';
import { below, chance } from '#test/simulation/engine/chance.ts';
import type { Answered } from './judge/answered.ts';
import { complaints } from './judge/complaints.ts';
import { send } from './judge/send.ts';
import { sentAgainComplaints } from './judge/sent-again.ts';
import type { Asked } from './requests/asked.ts';
import { goodDraft } from './requests/good-draft.ts';
import { drawKind, type KindName, kinds } from './requests/kinds.ts';
import { type Books, drawTarget } from './requests/targets.ts';
import { acknowledge } from './world/acknowledge.ts';
import { fuzzWorld, type FuzzWorld } from './world/fuzz-world.ts';
import { type Known, learn } from './world/known.ts';
import { seedWorld } from './world/seed-world.ts';

export interface Lived {
  readonly index: number;
  readonly kind: KindName;
  readonly asked: Asked;
  readonly answered: Answered;
  readonly complaints: readonly string[];
  /** What our log said, where there is a complaint. */
  readonly logged: readonly string[];
}

export interface Life {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

export const requestsALife = 2_000;
/** One life in three is of restored books: the second, so that short runs have one. */
export const booksOf = (index: number): Books => (Math.floor(index / requestsALife) % 3 === 1 ? 'restored' : 'open');

/** How often lanes and schedules get to work between requests. */
const requestsAMinute = 100;

export const live = async (
  { seed, from, to }: Life,
  each: (lived: Lived) => void,
  afterwards: (world: FuzzWorld) => Promise<void>,
): Promise<void> => {
  const world = await fuzzWorld(below(chance(seed, `life from ${String(from)}`), 2 ** 31));
  try {
    const known = await seedWorld(world);
    for (let index = from; index < to; index += 1) {
      each(await liveOne(world, known, seed, index));
      if (index % requestsAMinute === 0) await world.liveUntil(addMinutes(world.world.clock.now(), 1));
    }
    await world.liveUntil(addDaysTo(world.world.clock.now(), 1));
    await afterwards(world);
  } finally {
    await world.close();
  }
};

const mostDraws = 50;

const liveOne = async (world: FuzzWorld, known: Known, seed: number, index: number): Promise<Lived> => {
  const { kind, asked } = drawRequest(world, known, seed, index);
  const answered = await send(world, asked);
  const found = [...complaints(asked, answered, world.secrets), ...(await sentAgainComplaints(world, asked, answered))];
  if (answered.status < 300 && asked.expected === 'taken') {
    learn(known, asked.target, asked, answered);
    if (asked.target.name === 'POST /v1/events') world.acknowledged.push(...eventsIn(asked).map(acknowledge));
  }
  const logged = world.logged();
  return { index, kind, asked, answered, complaints: found, logged: found.length > 0 ? logged : [] };
};

const eventsIn = ({ body = new Uint8Array() }: Asked): Parameters<typeof acknowledge>[0][] =>
  JSON.parse(Buffer.from(body).toString('utf8')) as Parameters<typeof acknowledge>[0][];

/** Where a kind finds nothing in the draft to spoil, another is drawn. */
const drawRequest = (
  { apiKey, world }: FuzzWorld,
  known: Known,
  seed: number,
  index: number,
): { readonly kind: KindName; readonly asked: Asked } => {
  const random = chance(seed, `request ${String(index)}`);
  const sender = { apiKey, nowMs: epochMs(world.clock.now()) };
  for (let draws = 0; draws < mostDraws; draws += 1) {
    const target = drawTarget(booksOf(index), random);
    const kind = drawKind(target, random);
    const asked = kinds[kind].make(goodDraft(target, known, random, sender.nowMs), sender, random);
    if (asked !== undefined) return { kind, asked };
  }
  throw new Error(`no request was drawn for ${String(index)}`);
};
