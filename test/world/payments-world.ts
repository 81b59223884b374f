/**
 * The money lane in memory: books with the runtime's rules (a create is put-if-absent,
 * a change finds the version it read, all or nothing), the payment steps, and the real
 * Stripe adapter against the Stripe double on loopback, all under one clock a test
 * moves. A run may be made to die between any two commits.
 */
import { assert, present } from '#domain/assert.ts';
import { canonicalText } from '#domain/canonical.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { epochMs, type Instant, instantAt } from '#domain/time/instant.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import { stripePayments } from '#functions/adapters/stripe/stripe-payments.ts';
import { type Handle, handleOf, type Write } from '#functions/handle.ts';
import type { Books, Payments } from '#functions/ports.ts';
import { type KeyOf, type RecordKind, records, type ValueOf } from '#functions/records/index.ts';
import type { Place } from '#functions/records/record.ts';
import type { Answer, OutsideStep } from '#functions/step.ts';
import { createStripeDouble, type StripeDouble, type StripeDoubleOptions } from '#local/stripe/double.ts';
import { serveStripe } from '#local/stripe/serve-stripe.ts';

interface Row {
  readonly kind: RecordKind;
  readonly value: unknown;
  readonly version: number;
}

const placeOf = (kind: RecordKind, key: unknown): Place => (records[kind].place as (key: unknown) => Place)(key);
const at = ({ partition, sort }: Place): string => `${partition} ${sort}`;

class VersionLost extends Error {}
export class Died extends Error {}

export type DiesAfter = 'claim' | 'act' | 'record' | 'nothing';

export const memoryBooks = () => {
  const rows = new Map<string, Row>();
  const told: DomainEvent[] = [];

  const handle = (row: Row): Handle => handleOf(row.kind, row.value as ValueOf<RecordKind>, row.version);
  const get = <Kind extends RecordKind>(kind: Kind, key: KeyOf<Kind>): Handle<Kind> | undefined => {
    const row = rows.get(at(placeOf(kind, key)));
    return row === undefined ? undefined : (handle(row) as unknown as Handle<Kind>);
  };

  const check = (write: Write): 'new' | 'same' => {
    const row = rows.get(at(placeOf(write.kind, write.key)));
    if (write.op === 'absent') {
      if (row !== undefined) throw new VersionLost(`${write.kind} is there by now`);
      return 'new';
    }
    if (write.op !== 'create') {
      if (row?.version !== write.version) throw new VersionLost(`${write.kind} moved on`);
      return 'new';
    }
    if (row === undefined) return 'new';
    if (canonicalText(row.value) !== canonicalText(write.value))
      throw new VersionLost(`${write.kind} is there and differs`);
    return 'same';
  };

  const commit = ({ write = [], tell = [] }: Answer): void => {
    const verdicts = write.map(check);
    if (verdicts.includes('same')) return;
    for (const each of write) {
      if (each.op === 'check' || each.op === 'absent') continue;
      rows.set(at(placeOf(each.kind, each.key)), {
        kind: each.kind,
        value: each.value,
        version: each.op === 'change' ? each.version + 1 : 1,
      });
    }
    told.push(...tell);
  };

  const put = <Kind extends RecordKind>(kind: Kind, value: ValueOf<Kind>): void => {
    const key = (records[kind].keyOf as (value: ValueOf<Kind>) => KeyOf<Kind>)(value);
    rows.set(at(placeOf(kind, key)), { kind, value, version: (get(kind, key)?.version ?? 0) + 1 });
  };

  const books: Books = {
    get: async (kind, key) => get(kind, key),
    getAll: async (kind, keys) => keys.flatMap((key) => get(kind, key) ?? []),
    list: async () => [],
    due: async (work, upTo) =>
      [...rows.values()]
        .flatMap(
          ({ kind, value }) =>
            (records[kind] as { indexes?: (value: unknown) => { due?: Place } }).indexes?.(value).due ?? [],
        )
        .filter(({ partition, sort }) => partition.startsWith(`${work}#`) && sort <= upTo)
        .map(({ sort }) => sort)
        .sort(),
    index: async () => ({ sorts: [], next: null }),
    part: async () => undefined,
  };

  const all = <Kind extends RecordKind>(kind: Kind): readonly ValueOf<Kind>[] =>
    [...rows.values()].filter((row) => row.kind === kind).map(({ value }) => value as ValueOf<Kind>);

  return {
    books,
    commit,
    put,
    /** The books are lost; the provider is not. */
    forgetAll: () => {
      rows.clear();
    },
    told,
    all,
    value: <Kind extends RecordKind>(kind: Kind, key: KeyOf<Kind>): ValueOf<Kind> =>
      present(get(kind, key), `${kind} is there`).value,
  };
};

export type MemoryBooks = ReturnType<typeof memoryBooks>;

export interface PaymentsWorld extends MemoryBooks {
  readonly stripe: StripeDouble;
  readonly payments: Payments;
  now(): Instant;
  pass(minutes: number): Promise<void>;
  /** Runs an outside step for one message as the runtime does, or until it dies. */
  run(step: unknown, message: DomainEvent, diesAfter?: DiesAfter): Promise<Refusal | undefined>;
  close(): Promise<void>;
}

export const payLinkSecret = 'a secret for payment links';
const webhookSecret = 'whsec_world';

export const openPaymentsWorld = async (
  from: Instant,
  options: Omit<StripeDoubleOptions, 'now'> = {},
): Promise<PaymentsWorld> => {
  let nowMs = epochMs(from);
  const stripe = createStripeDouble({ now: () => nowMs, ...options });
  const served = await serveStripe({ double: stripe });
  const payments = stripePayments({
    ...{ secretKey: 'sk_test_world', webhookSecrets: [webhookSecret], payLinkSecret, publicUrl: 'https://pay.example' },
    ...{ host: '127.0.0.1', port: served.port, protocol: 'http' },
  });
  const memory = memoryBooks();
  const ports = () => ({ books: memory.books, payments, now: instantAt(nowMs) });

  const rereading = async <Result>(attempt: () => Promise<Result>): Promise<Result> => {
    for (let tries = 0; tries < 5; tries += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof VersionLost)) throw error;
      }
    }
    throw new Error('records kept moving on');
  };

  const run = async (
    code: unknown,
    message: DomainEvent,
    diesAfter: DiesAfter = 'nothing',
  ): Promise<Refusal | undefined> => {
    const step = code as OutsideStep<never>;
    const die = (point: DiesAfter) => {
      if (diesAfter === point) throw new Died(point);
    };
    for (let calls = 0; calls < 6; calls += 1) {
      const claimed = await rereading(async () => {
        const claim = await step.claim(message as never, ports());
        if (!isRefusal(claim)) memory.commit(claim);
        return claim;
      });
      if (isRefusal(claimed)) return claimed;
      if (claimed.call === undefined) return undefined;
      die('claim');
      const outcome: unknown = await step.act(claimed.call, ports());
      die('act');
      const recorded = await rereading(async () => {
        const record = await step.record(claimed.call, outcome, ports());
        if (!isRefusal(record)) memory.commit(record);
        return record;
      });
      die('record');
      if (isRefusal(recorded)) return recorded;
      if (recorded.again !== true) return undefined;
    }
    assert(false, 'an outside step comes to an end');
  };

  return {
    ...memory,
    stripe,
    payments,
    now: () => instantAt(nowMs),
    pass: async (minutes) => {
      nowMs += minutes * 60_000;
      await stripe.runDue();
    },
    run,
    close: async () => {
      await served.close();
      await stripe.close();
    },
  };
};
