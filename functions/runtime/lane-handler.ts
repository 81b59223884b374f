/**
 * A lane as a Lambda: messages from its queue, requests to its doors. Each message
 * is answered on its own, so a bad one returns to the queue alone; in a lane that
 * keeps order, those behind it in its group return with it.
 */
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  SQSBatchResponse,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import { present } from '#domain/assert.ts';
import { isRefusal } from '#domain/refusal.ts';
import { domainEvents, isEventName } from '#events/domain-events.ts';
import type { Flow, StepName } from '../flow.ts';
import { flow } from '../flow.ts';
import type { LaneName } from '../lanes.ts';
import { lanes } from '../lanes.ts';
import { laneMessageBody, scheduleData } from '../lane-message.ts';
import type { EachStep, OutsideStep, StepCode } from '../step.ts';
import { answerDoor, type DoorCode } from './answer-door.ts';
import { type PlainCode, runEach, runOutside, runPlain } from './run-step.ts';
import type { sweep } from './sweep.ts';
import type { World } from './world.ts';

/** The code of every step of a lane; one that is missing does not compile. */
export type LaneSteps<Lane extends LaneName> = {
  readonly [Name in StepName as Flow[Name]['lane'] extends Lane ? Name : never]: StepCode<Name>;
};

/** The ports that the steps of a lane use. */
export type LaneUses<Lane extends LaneName> = {
  [Name in StepName]: Flow[Name]['lane'] extends Lane ? Flow[Name]['uses'][number] : never;
}[StepName];

const firstWaitSeconds = 10;
const longestWaitSeconds = 900;

export type LaneHandler = (
  event: SQSEvent | APIGatewayProxyEventV2,
) => Promise<SQSBatchResponse | APIGatewayProxyStructuredResultV2>;

export const laneHandler = <Lane extends LaneName>(
  lane: Lane,
  steps: LaneSteps<Lane>,
  openWorld: () => World | Promise<World>,
): LaneHandler => {
  const codes = new Map<string, unknown>(Object.entries(steps));

  return async (event) => {
    const world = await openWorld();
    return 'Records' in event
      ? answerBatch(world, lane, codes, event)
      : answerDoor(world, codes as ReadonlyMap<string, DoorCode>, event);
  };
};

const answerBatch = async (
  world: World,
  lane: LaneName,
  codes: ReadonlyMap<string, unknown>,
  { Records }: SQSEvent,
): Promise<SQSBatchResponse> => {
  const failed: string[] = [];
  const stoppedGroups = new Set<string>();
  for (const record of Records) {
    const group = record.attributes.MessageGroupId ?? '';
    if (lanes[lane].fifo && stoppedGroups.has(group)) failed.push(record.messageId);
    else if (!(await answered(world, codes, record))) {
      failed.push(record.messageId);
      stoppedGroups.add(group);
      await comeBackLater(world, lane, record);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};

/**
 * The wait doubles with every delivery, up to a quarter of an hour: an outage of minutes
 * is soon over, and one of hours does not use up the deliveries a message has.
 */
const comeBackLater = async (world: World, lane: LaneName, { receiptHandle, attributes }: SQSRecord): Promise<void> => {
  const deliveries = Number(attributes.ApproximateReceiveCount);
  const seconds = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** (deliveries - 1));
  await world.queues.postpone(lane, receiptHandle, seconds).catch((error: unknown) => {
    // Then it comes back when its visibility ends by itself.
    world.log({ lane, outcome: 'not postponed', error: String(error) });
  });
};

/** True once the message needs no more work. The one place where what steps throw is caught. */
const answered = async (world: World, codes: ReadonlyMap<string, unknown>, record: SQSRecord): Promise<boolean> => {
  const about = { message: record.messageId, delivery: Number(record.attributes.ApproximateReceiveCount) };
  let what: { readonly step: string; readonly name: string; readonly event: string } | undefined;
  try {
    const { step, name, data, id } = laneMessageBody.parse(JSON.parse(record.body));
    what = { step, name, event: id };
    const refused = await runStep(
      world,
      present(codes.get(step), `step ${step} runs in this lane`),
      step as StepName,
      readMessage(name, data),
    );
    world.log({
      ...about,
      ...what,
      outcome: isRefusal(refused) ? `refused: ${refused.refused}` : 'done',
      because: refused?.because,
    });
    return true;
  } catch (error) {
    world.log({
      ...about,
      ...what,
      outcome: 'failed',
      error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });
    return false;
  }
};

const readMessage = (name: string, data: unknown): unknown => ({
  name,
  data: isEventName(name) ? domainEvents[name].parse(data) : scheduleData.parse(data),
});

const runStep = (world: World, code: unknown, step: StepName, message: unknown) => {
  const { kind } = flow[step];
  switch (kind) {
    case 'plain':
      return runPlain(world, code as PlainCode, message);
    case 'each':
      return runEach(world, code as EachStep<never>, message);
    case 'outside':
      return runOutside(world, code as OutsideStep<never>, message);
    case 'sweep':
      return (code as typeof sweep)(world);
    case 'door':
      return Promise.reject(new Error(`${step} answers requests, not messages`));
  }
};
