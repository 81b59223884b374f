/**
 * Gives a thread another time of day, as libfaketime gives a process: whoever asks
 * `Date` for now is told what `now` says. Code under it is not changed and cannot tell.
 */
export const virtualDate = (now: () => number): void => {
  const Machine = Date;
  const Virtual = new Proxy(Machine, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    apply: () => new Machine(now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? now : (Reflect.get(target, key, receiver) as unknown)),
  });
  Machine.prototype.constructor = Virtual;
  globalThis.Date = Virtual;
};
