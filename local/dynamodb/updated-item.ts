/**
 * The item that a parsed update expression makes of an item. Every operand is read from the item
 * as it was before, list positions too: SET first (positions past the end append, in order), then
 * ADD and DELETE, and removals from the back. The old item is left untouched: only the way down to
 * each change is copied.
 */
import type { AttributeType, AttributeValue, Item, Path } from './attribute-value.ts';
import { attribute, membersOf, typeOf, valueAt } from './attribute-value.ts';
import { isNode, isPath } from './condition.ts';
import type { Operand, UpdateSection } from './dynalite-modules.ts';
import { validationError } from './dynamo-error.ts';
import { addNumbers, subtractNumbers } from './number.ts';

const wrongType = () => validationError('An operand in the update expression has an incorrect data type');
const wrongPath = () => validationError('The document path provided in the update expression is invalid for update');
const missing = () => validationError('The provided expression refers to an attribute that does not exist in the item');

export function updatedItem(item: Item, sections: readonly UpdateSection[]): Item {
  const changes = sections.map((section) => ({ section, next: nextValue(item, section) }));
  changes.sort((a, b) => phase(a.section) - phase(b.section) || byPosition(a.section, b.section));
  let root: AttributeValue = { M: item };
  for (const { section, next } of changes) root = replaced(root, section.path, next);
  return root.M as Item;
}

const phase = ({ type }: UpdateSection): number => ['set', 'add', 'delete', 'remove'].indexOf(type);

function byPosition(a: UpdateSection, b: UpdateSection): number {
  const [x, y] = [a.path.at(-1), b.path.at(-1)];
  if (typeof x !== 'number' || typeof y !== 'number') return 0;
  return a.type === 'set' ? x - y : y - x;
}

/** What shall stand at the section's path afterwards; undefined removes it. */
function nextValue(item: Item, { type, path, val }: UpdateSection): AttributeValue | undefined {
  if (type === 'remove') return undefined;
  if (type === 'set') return resolve(item, val as Operand);
  const [now, operand] = [valueAt(item, path), val as AttributeValue];
  if (now && typeOf(now) !== typeOf(operand)) throw wrongType();
  if (operand.N !== undefined) return { N: addNumbers(now?.N ?? '0', operand.N) };
  const [members, given] = [(now && membersOf(now)) ?? [], membersOf(operand)];
  if (!given) throw wrongType();
  const left =
    type === 'add'
      ? [...members, ...given.filter((member) => !members.includes(member))]
      : members.filter((member) => !given.includes(member));
  return left.length > 0 ? { [typeOf(operand)]: left } : undefined;
}

function resolve(item: Item, operand: Operand): AttributeValue {
  if (isPath(operand)) {
    const value = valueAt(item, operand);
    if (!value) throw missing();
    return value;
  }
  if (!isNode(operand)) return operand;
  const [first, second] = operand.args as readonly [Operand, Operand];
  if (operand.name === 'if_not_exists') return valueAt(item, first as Path) ?? resolve(item, second);
  const [a, b] = [resolve(item, first), resolve(item, second)];
  if (operand.name === 'list_append') return { L: [...of(a, 'L'), ...of(b, 'L')] };
  return { N: (operand.type === 'add' ? addNumbers : subtractNumbers)(of(a, 'N'), of(b, 'N')) };
}

function of<Type extends AttributeType>(value: AttributeValue, type: Type): NonNullable<AttributeValue[Type]> {
  const inner = value[type];
  if (inner === undefined) throw wrongType();
  return inner;
}

function replaced(parent: AttributeValue, path: Path, next: AttributeValue | undefined): AttributeValue {
  const [step, ...rest] = path;
  if (typeof step === 'number') {
    if (!parent.L) throw wrongPath();
    const list = [...parent.L];
    if (rest.length === 0 && next) list[Math.min(step, list.length)] = next;
    else if (rest.length === 0) list.splice(step, 1);
    else list[step] = replaced(child(list[step]), rest, next);
    return { L: list };
  }
  if (!parent.M || step === undefined) throw wrongPath();
  if (rest.length > 0) return { M: { ...parent.M, [step]: replaced(child(attribute(parent.M, step)), rest, next) } };
  if (next) return { M: { ...parent.M, [step]: next } };
  const { [step]: _, ...others } = parent.M;
  return { M: others };
}

function child(value: AttributeValue | undefined): AttributeValue {
  if (!value) throw wrongPath();
  return value;
}
