/**
 * States what must be true here. A failed assertion is our mistake, never the
 * caller's: it stops the step, the message goes to the dead-letter queue and a
 * person is told. What a caller can get wrong is a refusal (see refusal.ts).
 */
export class Bug extends Error {
  override readonly name = 'Bug';
}

export function assert(condition: boolean, mustHold: string): asserts condition {
  if (!condition) throw new Bug(mustHold);
}

/** The value, which must be there. */
export function present<Value>(value: Value | undefined | null, mustHold: string): Value {
  assert(value !== undefined && value !== null, mustHold);
  return value;
}

/** The end of a switch that has answered every case. */
export function unreachable(value: never): never {
  throw new Bug(`no case for ${String(value)}`);
}
