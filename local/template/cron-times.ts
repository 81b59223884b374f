/**
 * When an EventBridge cron of hours and minutes fires, in UTC: `cron(0/15 * * * ? *)`.
 * An expression that names days, months or years is not understood and refused.
 */
const shape = /^cron\((\S+) (\S+) \* \* \? \*\)$/;
const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The first time after `afterMs`, as a function of it. */
export const cronTimes = (expression: string): ((afterMs: number) => number) => {
  const [, minutes = '', hours = ''] = shape.exec(expression) ?? notUnderstood(expression);
  const ofDay = valuesOf(hours, 24, expression).flatMap((hour) =>
    valuesOf(minutes, 60, expression).map((minute) => (hour * 60 + minute) * minuteMs),
  );
  return (afterMs) => {
    const midnight = Math.floor(afterMs / dayMs) * dayMs;
    const today = ofDay.find((at) => midnight + at > afterMs);
    return today === undefined ? midnight + dayMs + (ofDay[0] ?? 0) : midnight + today;
  };
};

/** `*`, `7`, `0/15` or `1,13`, in order. */
const valuesOf = (field: string, below: number, expression: string): readonly number[] => {
  const [, from, every] = /^(\d+)\/(\d+)$/.exec(field) ?? [];
  const all = Array.from({ length: below }, (_, i) => i);
  if (field === '*') return all;
  if (from !== undefined && every !== undefined)
    return all.filter((value) => value >= Number(from) && (value - Number(from)) % Number(every) === 0);
  const listed = field.split(',').map((text) => (/^\d+$/.test(text) ? Number(text) : NaN));
  if (listed.some((value) => !(value < below))) return notUnderstood(expression);
  return listed.toSorted((a, b) => a - b);
};

const notUnderstood = (expression: string): never => {
  throw new Error(`${expression} is a schedule nobody here understands`);
};
