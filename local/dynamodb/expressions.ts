/**
 * Parsing the expressions of a request with dynalite's grammars. A program sends the same few
 * expressions over and over and a grammar takes its time, so what was parsed is kept, with the
 * values cut out, and filled with the values of the next request that has the same texts, names
 * and types of values.
 */
import type { AttributeValue } from './attribute-value.ts';
import { typeOf } from './attribute-value.ts';
import { validateAttributeValue, validateExpressions } from './dynalite-modules.ts';

/** The expressions as sent, and where validateExpressions puts what it makes of them. */
export interface Expressions {
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>>;
}

const PARSED = ['_updates', '_condition', '_keyCondition', '_filter', '_projection'] as const;
type Parsed = Partial<Record<(typeof PARSED)[number], unknown>>;
type Values = Readonly<Record<string, AttributeValue>>;
type Template = (values: Values) => Parsed;

const MAX_TEMPLATES = 1000;
const templates = new Map<string, Template>();

/** The grammar looks at the very values of these two (order of bounds, names of types): parsed each time. */
const LOOKS_AT_VALUES = /between|attribute_type/i;

/** Attaches `_updates`, `_condition` and so on to the request; returns the text of what is wrong, if anything. */
export function parseExpressions(request: Expressions): string | undefined {
  const values = request.ExpressionAttributeValues ?? {};
  const complaint = checkValues(values);
  if (complaint) return complaint;
  const sent = [
    request.UpdateExpression,
    request.ConditionExpression,
    request.KeyConditionExpression,
    request.FilterExpression,
    request.ProjectionExpression,
  ];
  if (sent.some((text) => text !== undefined && LOOKS_AT_VALUES.test(text))) return validateExpressions(request);
  const types = Object.entries(values).map(([name, value]) => [name, typeOf(value)]);
  const identity = JSON.stringify([sent, request.ExpressionAttributeNames, request.ExpressionAttributeValues && types]);

  const known = templates.get(identity);
  if (known) {
    Object.assign(request, known(values));
    return undefined;
  }
  const invalid = validateExpressions(request);
  if (invalid) return invalid;
  if (templates.size >= MAX_TEMPLATES) templates.clear();
  templates.set(identity, templateOf(request as Parsed, values));
  return undefined;
}

function checkValues(values: Values): string | undefined {
  for (const [name, value] of Object.entries(values)) {
    const complaint = validateAttributeValue(value);
    if (complaint) return `ExpressionAttributeValues contains invalid value: ${complaint} for key ${name}`;
  }
  return undefined;
}

/** The parser puts the very objects of the request into its tree: by their identity we know which name stood there. */
function templateOf(parsed: Parsed, values: Values): Template {
  const names = new Map<unknown, string>(Object.entries(values).map(([name, value]) => [value, name]));
  const parts = PARSED.filter((part) => parsed[part] !== undefined).map(
    (part) => [part, holed(parsed[part], names)] as const,
  );
  return (filling) => Object.fromEntries(parts.map(([part, tree]) => [part, filled(tree, filling)]));
}

class Hole {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

function holed(tree: unknown, names: ReadonlyMap<unknown, string>): unknown {
  const name = names.get(tree);
  if (name !== undefined) return new Hole(name);
  return mapTree(tree, (child) => holed(child, names));
}

function filled(tree: unknown, values: Values): unknown {
  return tree instanceof Hole ? values[tree.name] : mapTree(tree, (child) => filled(child, values));
}

function mapTree(tree: unknown, change: (child: unknown) => unknown): unknown {
  if (typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map(change);
  const copy: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(tree)) copy[name] = change(child);
  return copy;
}
