/**
 * Reads give handles, and only a handle can be changed: a change holds the version
 * that was read, a create is put-if-absent. A step has no way to write over what it
 * has not seen.
 */
import { type KeyOf, type RecordKind, records, type ValueOf } from './records/index.ts';

declare const read: unique symbol;

/** A record as it was read, with the version a change of it must still find. */
export interface Handle<Kind extends RecordKind = RecordKind> {
  readonly kind: Kind;
  readonly key: KeyOf<Kind>;
  readonly version: number;
  readonly value: ValueOf<Kind>;
  readonly [read]: true;
}

export type Write<Kind extends RecordKind = RecordKind> = {
  [Each in Kind]:
    | { readonly op: 'create'; readonly kind: Each; readonly key: KeyOf<Each>; readonly value: ValueOf<Each> }
    | {
        readonly op: 'change';
        readonly kind: Each;
        readonly key: KeyOf<Each>;
        readonly value: ValueOf<Each>;
        readonly version: number;
      }
    | { readonly op: 'check'; readonly kind: Each; readonly key: KeyOf<Each>; readonly version: number }
    | { readonly op: 'absent'; readonly kind: Each; readonly key: KeyOf<Each> };
}[Kind];

/** That a record of any kind is as it was read, or still is not there: it changes nothing, so every step may ask for it. */
export type Check = { [Each in RecordKind]: Extract<Write<Each>, { readonly op: 'check' | 'absent' }> }[RecordKind];

/** Put if absent. Where an equal record is there already, the write has been done before and is a success. */
export const create = <Kind extends RecordKind>(kind: Kind, value: ValueOf<Kind>): Write<Kind> => ({
  op: 'create',
  kind,
  key: keyOf(kind, value),
  value,
});

export const change = <Kind extends RecordKind>(handle: Handle<Kind>, value: ValueOf<Kind>): Write<Kind> => ({
  op: 'change',
  kind: handle.kind,
  key: handle.key,
  value,
  version: handle.version,
});

/** Commits only if the record is still as it was read. */
export const unchanged = <Kind extends RecordKind>(
  handle: Handle<Kind>,
): Extract<Write<Kind>, { readonly op: 'check' }> =>
  ({ op: 'check', kind: handle.kind, key: handle.key, version: handle.version }) as Extract<
    Write<Kind>,
    { readonly op: 'check' }
  >;

/** Commits only if there is still no such record. */
export const absent = <Kind extends RecordKind>(
  kind: Kind,
  key: KeyOf<Kind>,
): Extract<Write<Kind>, { readonly op: 'absent' }> =>
  ({ op: 'absent', kind, key }) as Extract<Write<Kind>, { readonly op: 'absent' }>;

/** For adapters only: what a read found. */
export const handleOf = <Kind extends RecordKind>(kind: Kind, value: ValueOf<Kind>, version: number): Handle<Kind> =>
  ({ kind, key: keyOf(kind, value), value, version }) as unknown as Handle<Kind>;

// The registry ties a kind to its value and key; TypeScript cannot follow that through a lookup by a type parameter.
const keyOf = <Kind extends RecordKind>(kind: Kind, value: ValueOf<Kind>): KeyOf<Kind> =>
  (records[kind].keyOf as (value: ValueOf<Kind>) => KeyOf<Kind>)(value);
