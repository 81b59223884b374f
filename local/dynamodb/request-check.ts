/**
 * Turns what a client sent into a request the handlers can trust, or refuses it. A parameter we do
 * not know is refused by name, never ignored: a stand-in that ignores what it does not understand
 * lets wrong code pass.
 */
import type { Fields, Shape } from './dynalite-modules.ts';
import { checkTypes, checkValidations } from './dynalite-modules.ts';
import { DynamoError, validationError } from './dynamo-error.ts';
import { requestComplaint } from './request-complaint.ts';
import { requestShapes } from './request-shapes.ts';
import type { Operation, Requests, WriteKind } from './requests.ts';

const operationOf: Readonly<Record<WriteKind | 'Get', Operation>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'DeleteItem',
  Get: 'GetItem',
};

export const isOperation = (name: string): name is Operation => Object.hasOwn(requestShapes, name);

/** A fresh copy of the input, checked, numbers normalised, expressions parsed. Throws a DynamoError. */
export function checkRequest<Name extends Operation>(operation: Name, input: object): Requests[Name] {
  refuseUnknown(operation, input, requestShapes[operation]);
  return asOurs(() => {
    const data = checkTypes({ ...input }, requestShapes[operation]);
    checkValidations(data, requestShapes[operation]);
    refuse(requestComplaint(operation, data));
    if ('TransactItems' in data) checkActions(data.TransactItems as readonly Record<string, object>[]);
    return data as Requests[Name];
  });
}

function checkActions(items: readonly Readonly<Record<string, object>>[]): void {
  for (const item of items) {
    const [entry, ...more] = Object.entries(item);
    if (!entry || more.length > 0) {
      throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
    }
    refuse(requestComplaint(operationOf[entry[0] as WriteKind | 'Get'], entry[1]));
  }
}

function refuse(complaint: string | undefined): void {
  if (complaint !== undefined) throw validationError(complaint);
}

function refuseUnknown(path: string, value: object, fields: Fields): void {
  for (const [name, child] of Object.entries(value)) {
    if (child === undefined || child === null) continue;
    const shape = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (shape === undefined) throw validationError(`Parameter not supported by this store: ${path}.${name}`);
    descend(`${path}.${name}`, child, shape);
  }
}

function descend(path: string, value: unknown, shape: string | Shape): void {
  if (typeof shape === 'string' || typeof shape.children !== 'object') return;
  if (typeof value !== 'object' || value === null) return;
  const { children } = shape;
  if (isCollection(shape)) {
    for (const [name, child] of Object.entries(value)) descend(`${path}.${name}`, child, children as Shape);
  } else {
    refuseUnknown(path, value, children as Fields);
  }
}

const collections = new WeakMap<Shape, boolean>();

function isCollection(shape: Shape): boolean {
  const known = collections.get(shape);
  if (known !== undefined) return known;
  const found = /^(Parameterized)?(Map|List)/.test(shape.type);
  collections.set(shape, found);
  return found;
}

interface DynaliteError {
  readonly body: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

function asOurs<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Error) || !('body' in error)) throw error;
    const { body } = error as unknown as DynaliteError;
    const type = body.__type.slice(body.__type.indexOf('#') + 1);
    throw new DynamoError(type, body.message ?? body.Message ?? error.message);
  }
}
