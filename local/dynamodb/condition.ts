/**
 * Whether an item meets a parsed condition or filter. Values of different types are never equal
 * and never ordered; an absent attribute makes every comparison false but `<>`.
 */
import type { AttributeType, AttributeValue, Item, Path } from './attribute-value.ts';
import { equal, membersOf, typeOf, valueAt } from './attribute-value.ts';
import type { ConditionNode, Operand } from './dynalite-modules.ts';
import { compareNumbers } from './number.ts';
import { sortable } from './sort-key.ts';

export const isPath = (operand: Operand): operand is Path => Array.isArray(operand);
export const isNode = (operand: Operand): operand is ConditionNode => 'type' in operand;

export function meets(item: Item, node: ConditionNode): boolean {
  const within = (operand: Operand | undefined) => meets(item, operand as ConditionNode);
  if (node.type === 'and') return within(node.args[0]) && within(node.args[1]);
  if (node.type === 'or') return within(node.args[0]) || within(node.args[1]);
  if (node.type === 'not') return !within(node.args[0]);
  const [subject, ...others] = node.args.map((operand) => resolve(item, operand));
  return holds(node.type === 'function' ? (node.name ?? '') : node.type, subject, others);
}

function holds(
  operator: string,
  subject: AttributeValue | undefined,
  others: readonly (AttributeValue | undefined)[],
): boolean {
  const [first, second] = others;
  switch (operator) {
    case 'attribute_exists':
      return subject !== undefined;
    case 'attribute_not_exists':
      return subject === undefined;
    case '<>':
      return !(subject && first && equal(subject, first));
  }
  if (subject === undefined || first === undefined) return false;
  switch (operator) {
    case '=':
      return equal(subject, first);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(subject, operator, first);
    case 'between':
      return second !== undefined && ordered(subject, '>=', first) && ordered(subject, '<=', second);
    case 'in':
      return others.some((other) => other !== undefined && equal(subject, other));
    case 'begins_with':
      return beginsWith(subject, first);
    case 'contains':
      return contains(subject, first);
    case 'attribute_type':
      return typeOf(subject) === first.S;
    default:
      throw new Error(`the grammar knows no condition ${operator}`);
  }
}

const ORDERED: readonly AttributeType[] = ['S', 'N', 'B'];

function ordered(a: AttributeValue, operator: '<' | '<=' | '>' | '>=', b: AttributeValue): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b) || !ORDERED.includes(type)) return false;
  const order = a.N !== undefined && b.N !== undefined ? compareNumbers(a.N, b.N) : textOrder(sortable(a), sortable(b));
  if (order === 0) return operator.length === 2;
  return order < 0 === operator.startsWith('<');
}

const textOrder = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

function beginsWith(subject: AttributeValue, prefix: AttributeValue): boolean {
  if (subject.S !== undefined && prefix.S !== undefined) return subject.S.startsWith(prefix.S);
  return subject.B !== undefined && prefix.B !== undefined && sortable(subject).startsWith(sortable(prefix));
}

function contains(subject: AttributeValue, part: AttributeValue): boolean {
  if (subject.S !== undefined) return part.S !== undefined && subject.S.includes(part.S);
  if (subject.B !== undefined) return part.B !== undefined && sortable(subject).includes(sortable(part));
  if (subject.L) return subject.L.some((element) => equal(element, part));
  const type = typeOf(part);
  return typeOf(subject) === `${type}S` && (membersOf(subject) ?? []).includes(part[type] as string);
}

function resolve(item: Item, operand: Operand): AttributeValue | undefined {
  if (isPath(operand)) return valueAt(item, operand);
  if (!isNode(operand)) return operand;
  const [of] = operand.args;
  const value = of === undefined ? undefined : resolve(item, of);
  return value && sizeOf(value);
}

/** `size(path)`: characters of a string, bytes of a binary, elements of the rest; numbers and flags have none. */
function sizeOf(value: AttributeValue): AttributeValue | undefined {
  const size =
    value.S?.length ??
    (value.B === undefined ? undefined : Buffer.byteLength(value.B, 'base64')) ??
    (value.L ?? membersOf(value))?.length ??
    (value.M && Object.keys(value.M).length);
  return size === undefined ? undefined : { N: String(size) };
}
