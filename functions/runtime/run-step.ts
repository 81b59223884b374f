/**
 * Runs one step for one message, by its kind. A lost version means somebody else
 * wrote first: the step reads and decides again, a few times. A refusal is an
 * answer. An outage goes up, so that the message returns to its queue.
 */
import { Bug } from '#domain/assert.ts';
import { Outage } from '#domain/outage.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { Answer, EachStep, ItemOutcome, OutsideStep } from '../step.ts';
import { commit, VersionLost } from './commit.ts';
import type { World } from './world.ts';

const mostReadings = 5;
const mostCalls = 6;

/** Runs `attempt` again while the records it read have moved on. */
export const rereading = async <Result>(attempt: () => Promise<Result>): Promise<Result> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof VersionLost)) throw error;
      if (tries === mostReadings) throw new Outage(`records kept moving on: ${error.message}`, { cause: error });
    }
  }
};

/** The ports stay unopened until used, so they are inherited and not copied. */
export const portsNow = (world: World): unknown => Object.create(world.ports, { now: { value: world.clock.now() } });

export type PlainCode = (message: unknown, ports: unknown) => Promise<Answer | Refusal>;

export const runPlain = (world: World, code: PlainCode, message: unknown): Promise<Refusal | undefined> =>
  rereading(async () => {
    const answer = await code(message, portsNow(world));
    if (isRefusal(answer)) return answer;
    await commit(world, answer);
    return undefined;
  });

export const runEach = async (world: World, code: EachStep<never>, message: unknown): Promise<undefined> => {
  const told = message as never;
  const outcomes: ItemOutcome<unknown, unknown>[] = [];
  for (const item of await code.items(told, portsNow(world) as never)) {
    const whole = await answeredItem(world, code, item, told);
    // What throws as a whole is tried in its parts, so that one part alone is parked.
    const parts = whole.state === 'parked' ? (code.split?.(item) ?? []) : [];
    if (parts.length < 2) outcomes.push(whole);
    else for (const part of parts) outcomes.push(await answeredItem(world, code, part, told));
  }
  for (const each of outcomes) {
    if (each.state !== 'done') world.log({ outcome: each.state, item: code.nameOf(each.item), because: each.because });
  }
  await rereading(async () =>
    commit(world, (await code.close(told, outcomes, portsNow(world) as never)) as unknown as Answer),
  );
  return undefined;
};

const answeredItem = (world: World, code: EachStep<never>, item: unknown, told: never) =>
  outcomeOf(item, () => rereading(() => answerItem(world, code, item, told)));

const answerItem = async (world: World, code: EachStep<never>, item: unknown, told: never): Promise<unknown> => {
  const answer = (await code.answer(item, told, portsNow(world) as never)) as
    (Answer & { readonly result: unknown }) | Refusal;
  if (isRefusal(answer)) return answer;
  await commit(world, answer);
  return answer.result;
};

/** An outage concerns everybody and goes up; anything else an item throws parks that item alone. */
const outcomeOf = async (item: unknown, attempt: () => Promise<unknown>): Promise<ItemOutcome<unknown, unknown>> => {
  try {
    const result = await attempt();
    return isRefusal(result) ? { item, state: 'refused', because: result.because } : { item, state: 'done', result };
  } catch (error) {
    if (error instanceof Outage) throw error;
    return {
      item,
      state: 'parked',
      because: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
};

/** An outage of the outside says that the call was not made, so the claim on it is taken back before the outage goes up. */
const acted = async (world: World, code: OutsideStep<never>, call: unknown): Promise<unknown> => {
  try {
    return await code.act(call, portsNow(world) as never);
  } catch (error) {
    if (error instanceof Outage && code.release !== undefined) {
      // Where the claim cannot be taken back either, it stands, and the next delivery makes the outcome unknown.
      await rereading(async () =>
        commit(world, (await code.release?.(call, portsNow(world) as never)) as unknown as Answer),
      ).catch((second: unknown) => {
        world.log({ outcome: 'claim not taken back', error: String(second) });
      });
    }
    throw error;
  }
};

export const runOutside = async (
  world: World,
  code: OutsideStep<never>,
  message: unknown,
): Promise<Refusal | undefined> => {
  for (let calls = 0; calls < mostCalls; calls += 1) {
    const claimed = await rereading(async () => {
      const claim = (await code.claim(message as never, portsNow(world) as never)) as
        (Answer & { readonly call?: unknown }) | Refusal;
      if (!isRefusal(claim)) await commit(world, claim);
      return claim;
    });
    if (isRefusal(claimed)) return claimed;
    if (claimed.call === undefined) return undefined;

    const outcome = await acted(world, code, claimed.call);
    const recorded = await rereading(async () => {
      const record = (await code.record(claimed.call, outcome, portsNow(world) as never)) as
        (Answer & { readonly again?: boolean }) | Refusal;
      if (!isRefusal(record)) await commit(world, record);
      return record;
    });
    if (isRefusal(recorded)) return recorded;
    if (recorded.again !== true) return undefined;
  }
  throw new Bug(`an outside step asks for at most ${String(mostCalls)} calls a message`);
};
