/** Every lane's production handler, over one world. A lane without a handler does not compile. */
import { billingSteps } from '#functions/handlers/billing.ts';
import { housekeepingSteps } from '#functions/handlers/housekeeping.ts';
import { messagesSteps } from '#functions/handlers/messages.ts';
import { moneySteps } from '#functions/handlers/money.ts';
import { numbersSteps } from '#functions/handlers/numbers.ts';
import { usageSteps } from '#functions/handlers/usage.ts';
import type { LaneName } from '#functions/lanes.ts';
import { type LaneHandler, laneHandler } from '#functions/runtime/lane-handler.ts';
import type { World } from '#functions/runtime/world.ts';

export const laneHandlers = (openWorld: () => World): Readonly<Record<LaneName, LaneHandler>> => ({
  usage: laneHandler('usage', usageSteps, openWorld),
  billing: laneHandler('billing', billingSteps, openWorld),
  numbers: laneHandler('numbers', numbersSteps, openWorld),
  money: laneHandler('money', moneySteps, openWorld),
  messages: laneHandler('messages', messagesSteps, openWorld),
  housekeeping: laneHandler('housekeeping', housekeepingSteps, openWorld),
});
