/**
 * The intrinsic functions of CloudFormation worked out: references within a stack, and
 * what one stack exports to another. A function or reference it does not know is an
 * error that names it.
 */
import { present } from '#domain/assert.ts';
import { account, type Attributes, region } from './addresses.ts';
import type { StackTemplate } from './assembly.ts';

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

type Find = (stack: string, id: string) => Attributes | undefined;

/** A reader of values as they stand in a stack's template. */
export const resolvedIn = (
  stacks: readonly StackTemplate[],
  find: Find,
): ((stack: string, value: unknown) => unknown) => {
  const exported = new Map(
    stacks.flatMap(({ name: stack, template }) =>
      Object.values(template.Outputs ?? {}).flatMap(({ Value, Export }) =>
        Export === undefined ? [] : [[Export.Name, { stack, Value }] as const],
      ),
    ),
  );

  const attribute = (stack: string, id: string, which: string): string =>
    present(find(stack, id)?.[which], `${which} of ${id} in stack ${stack} is known here`);
  const reference = (stack: string, id: string): string => pseudoParameters[id] ?? attribute(stack, id, 'Ref');
  const text = (stack: string, value: unknown): string => {
    const read = resolve(stack, value);
    return typeof read === 'string' ? read : JSON.stringify(read);
  };

  const functions: Readonly<Record<string, (stack: string, of: unknown) => unknown>> = {
    Ref: (stack, of) => reference(stack, of as string),
    'Fn::GetAtt': (stack, of) => {
      const [id = '', which = ''] = of as readonly string[];
      return attribute(stack, id, which);
    },
    'Fn::Join': (stack, of) => {
      const [separator, parts] = of as readonly [string, readonly unknown[]];
      return parts.map((part) => text(stack, part)).join(separator);
    },
    'Fn::Sub': (stack, of) =>
      (of as string).replaceAll(/\$\{([\w:]+)(?:\.(\w+))?\}/g, (_, id: string, which?: string) =>
        which === undefined ? reference(stack, id) : attribute(stack, id, which),
      ),
    'Fn::ImportValue': (_, of) => {
      const { stack, Value } = present(exported.get(of as string), `some stack exports ${String(of)}`);
      return resolve(stack, Value);
    },
  };

  const resolve = (stack: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each) => resolve(stack, each));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [name = '', of] = entries.length === 1 ? (entries[0] ?? []) : [];
    if (name === 'Ref' || name.startsWith('Fn::'))
      return present(functions[name], `the function ${name} is known here`)(stack, of);
    return Object.fromEntries(entries.map(([key, each]) => [key, resolve(stack, each)]));
  };
  return resolve;
};
