/** The order in which an event's fields are kept: sorted by name, so that equal data are equal however they were sent. */

/** The places of the names in sorted order; empty where a name stands twice. */
export const usageFieldOrder = (names: readonly string[]): readonly number[] => {
  if (new Set(names).size < names.length) return [];
  const places = new Map(names.map((name, place) => [name, place]));
  return [...names].sort().map((name) => places.get(name) ?? 0);
};
