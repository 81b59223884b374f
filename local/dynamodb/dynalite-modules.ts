/**
 * A typed window on the parts of dynalite that we use: its grammars for the four expression
 * languages with their reserved words, its shapes of requests, and its checks of them with AWS's
 * own error texts. Nothing of its storage.
 */
import { createRequire } from 'node:module';
import type { AttributeValue, Item, Path } from './attribute-value.ts';

/** A node of a condition: `and or not = <> < <= > >= between in function`; an argument is a path, a value or a node. */
export interface ConditionNode {
  readonly type: string;
  readonly name?: string;
  readonly args: readonly Operand[];
}
export type Operand = Path | AttributeValue | ConditionNode;

export interface ParsedCondition {
  readonly expression: ConditionNode;
  readonly pathHeads: Readonly<Record<string, true>>;
  readonly nestedPaths: Readonly<Record<string, true>>;
}

export interface UpdateSection {
  readonly type: 'set' | 'remove' | 'add' | 'delete';
  readonly path: Path;
  readonly val?: Operand;
}
export interface ParsedUpdate {
  readonly sections: readonly UpdateSection[];
  readonly paths: readonly Path[];
}
export interface ParsedProjection {
  readonly paths: readonly Path[];
}

/** dynalite's description of one parameter; `children` is a named shape, a shape, or the fields of a structure. */
export interface Shape {
  readonly type: string;
  readonly children?: string | Shape | Fields;
  readonly [constraint: string]: unknown;
}
export type Fields = Readonly<Record<string, string | Shape>>;

/** Returns the text of the first complaint. */
export type CustomCheck = (data: object, store: object) => string | undefined;

interface Validations {
  readonly checkTypes: (data: object, fields: Fields) => object;
  readonly checkValidations: (data: object, fields: Fields) => void;
  /** These return the text of a complaint. Number texts in the value are normalised in place. */
  readonly validateAttributeValue: (value: AttributeValue) => string | undefined;
  readonly validateConditions: (conditions: object) => string | undefined;
  readonly validateExpressionParams: (data: object, used: string[], legacy: string[]) => string | undefined;
  /** Attaches the parsed expressions: `_condition`, `_updates`, `_filter`, `_projection`, `_keyCondition`. */
  readonly validateExpressions: (data: object) => string | undefined;
  /** One condition an attribute, or the text of a complaint. Changes the tree it is given. */
  readonly convertKeyCondition: (expression: ConditionNode) => object | string;
}
interface Database {
  mapPaths(paths: readonly Path[], item: Item): Item;
}

const require = createRequire(import.meta.url);
const validations = require('dynalite/validations') as Validations;
const database = require('dynalite/db') as Database;

export const {
  checkTypes,
  checkValidations,
  validateAttributeValue,
  validateConditions,
  validateExpressionParams,
  validateExpressions,
  convertKeyCondition,
} = validations;

/** The parts of an item that the paths name, nested as they were; list elements move up. */
export const pick = (item: Item, paths: readonly Path[]): Item => ({ ...database.mapPaths(paths, item) });

export const requestModule = (operation: string): { types: Fields; custom?: CustomCheck } =>
  require(`dynalite/validations/${operation.charAt(0).toLowerCase()}${operation.slice(1)}`) as {
    types: Fields;
    custom?: CustomCheck;
  };
