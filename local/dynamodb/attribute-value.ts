/**
 * The values DynamoDB keeps, in its wire shape: an object with one key that names the type. An
 * item, once stored, is never changed in place: every write makes a new one, so a snapshot or an
 * answer may hold on to what it saw.
 */

export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: true;
  readonly M?: Readonly<Record<string, AttributeValue>>;
  readonly L?: readonly AttributeValue[];
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
}

export type AttributeType = keyof AttributeValue;
export type Item = Readonly<Record<string, AttributeValue>>;
export type Path = readonly (string | number)[];

export const typeOf = (value: AttributeValue): AttributeType => Object.keys(value)[0] as AttributeType;

/** The member list of a set value, whichever of the three set types it is. */
export const membersOf = (value: AttributeValue): readonly string[] | undefined => value.SS ?? value.NS ?? value.BS;

/** Own members only: an attribute may be called `constructor`, and an absent one must not be found on the prototype. */
export const attribute = (map: Item, name: string): AttributeValue | undefined =>
  Object.hasOwn(map, name) ? map[name] : undefined;

/** What stands at a document path, or undefined where the path leads nowhere. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let at: AttributeValue | undefined = { M: item };
  for (const step of path) {
    if (at === undefined) return undefined;
    if (typeof step === 'number') at = at.L?.[step];
    else at = at.M && attribute(at.M, step);
  }
  return at;
}

/** Deep equality. Sets ignore order; number texts are compared as text because they are stored normalised. */
export function equal(a: AttributeValue, b: AttributeValue): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  if (a.M && b.M) {
    const [left, right] = [a.M, b.M];
    const names = Object.keys(left);
    if (names.length !== Object.keys(right).length) return false;
    return names.every((name) => {
      const [x, y] = [attribute(left, name), attribute(right, name)];
      return x !== undefined && y !== undefined && equal(x, y);
    });
  }
  if (a.L && b.L) {
    const [left, right] = [a.L, b.L];
    return left.length === right.length && left.every((x, i) => equal(x, right[i] as AttributeValue));
  }
  const [left, right] = [membersOf(a), membersOf(b)];
  if (left && right) return left.length === right.length && left.every((member) => right.includes(member));
  return a[type] === b[type];
}
