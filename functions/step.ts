/**
 * What a step is. It reads, decides, and answers with what to write and what to
 * tell; it commits nothing. The runtime commits an answer in one transaction, so a
 * record never changes without its event being told, nor the other way round.
 * A step's message, ports, writes and events all follow from its row of the flow.
 */
import type { DomainEvent, EventName } from '#events/domain-events.ts';
import type { Refusal } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Flow, StepName } from './flow.ts';
import type { Check, Handle, Write } from './handle.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import type { Ports } from './ports.ts';
import type { RecordKind } from './records/index.ts';
import type { World } from './runtime/world.ts';

export type StepCode<Name extends StepName> = CodeOfKind<Flow[Name]['kind'], Name>;

interface CodeByKind<Name extends StepName> {
  readonly plain: (message: Message<Name>, ports: PortsOf<Name>) => Promise<AnswerOf<Name> | Refusal>;
  readonly each: EachStep<Name>;
  readonly outside: OutsideStep<Name>;
  readonly door: (
    request: HttpRequest,
    ports: PortsOf<Name>,
  ) => Promise<AnswerOf<Name> & { readonly respond: HttpResponse }>;
  /** The runtime's own upkeep, which may touch what steps may not. */
  readonly sweep: (world: World) => Promise<undefined>;
}
type CodeOfKind<Kind extends keyof CodeByKind<StepName>, Name extends StepName> = CodeByKind<Name>[Kind];

/**
 * One answer per item, each its own transaction; an item that throws is parked with
 * the reason and stops no other. `close` is told what became of every item. An answer
 * made again after a crash finds its records there and says what they say. Declared as
 * methods, so that a step of particular items is a step of any.
 */
export interface EachStep<Name extends StepName, Item = unknown, Result = unknown> {
  items(message: Message<Name>, ports: PortsOf<Name>): Promise<readonly Item[]>;
  answer(
    item: Item,
    message: Message<Name>,
    ports: PortsOf<Name>,
  ): Promise<(AnswerOf<Name> & { readonly result: Result }) | Refusal>;
  close(
    message: Message<Name>,
    outcomes: readonly ItemOutcome<Item, Result>[],
    ports: PortsOf<Name>,
  ): Promise<AnswerOf<Name>>;
  /** What an item is called in the log. */
  nameOf(item: Item): string;
  /** The smaller items one is made of, which are tried alone where the whole throws. */
  split?(item: Item): readonly Item[];
}

export type ItemOutcome<Item, Result> =
  | { readonly item: Item; readonly state: 'done'; readonly result: Result }
  | { readonly item: Item; readonly state: 'refused' | 'parked'; readonly because: string };

/**
 * A call to the outside that happens once: `claim` is committed before `act` is tried,
 * `record` after it, and an outcome nobody knows is `unknown`, to be looked up and not
 * repeated. `again` runs the step anew, for payments that take two calls.
 */
export interface OutsideStep<Name extends StepName, Call = unknown, Outcome = unknown> {
  claim(
    message: Message<Name>,
    ports: InnerPortsOf<Name>,
  ): Promise<(AnswerOf<Name> & { readonly call?: Call }) | Refusal>;
  act(call: Call, ports: PortsOf<Name>): Promise<Outcome>;
  /** Takes the claim back after `act` threw an Outage, which says the call was not made; the message then returns to its queue. */
  release?(call: Call, ports: InnerPortsOf<Name>): Promise<AnswerOf<Name>>;
  record(
    call: Call,
    outcome: Outcome,
    ports: InnerPortsOf<Name>,
  ): Promise<(AnswerOf<Name> & { readonly again?: boolean }) | Refusal>;
}

export interface Answer<Kind extends RecordKind = RecordKind, Name extends EventName = EventName> {
  /** Immutable contents, written before the transaction under their hashes. */
  readonly stage?: 'part' extends Kind ? readonly unknown[] : never;
  readonly write?: readonly (Write<Kind> | Check)[];
  readonly tell?: readonly DomainEvent<Name>[];
}

export type AnswerOf<Name extends StepName> = Answer<Flow[Name]['writes'][number], Flow[Name]['tells'][number]>;

/** The step's ports and `now`, the clock read once for this run of the step. */
export type PortsOf<Name extends StepName> = Pick<Ports, Flow[Name]['uses'][number]> & { readonly now: Instant };

/** The same without the port to the outside, which only `act` may touch. */
type InnerPortsOf<Name extends StepName> = Omit<
  PortsOf<Name>,
  Flow[Name] extends { outside: infer Outside extends string } ? Outside : never
>;

/** What a step is told: the event it hears, or the time its schedule meant. */
export type Message<Name extends StepName> = Flow[Name]['on'][number] extends infer On
  ? On extends { readonly on: 'events'; readonly names: readonly (infer Heard extends EventName)[] }
    ? DomainEvent<Heard>
    : On extends { readonly on: 'daily' | 'every' }
      ? { readonly name: 'schedule'; readonly data: { readonly at: Instant } }
      : never
  : never;

export const nothingToDo = {} as const satisfies Answer;
export type { Handle };
