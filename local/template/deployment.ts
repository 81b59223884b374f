/**
 * The templates as they would be deployed here: every reference worked out, every
 * property checked against what is understood. Resources find each other afterwards by
 * name and ARN, as they would in an account, so a wrong reference leads nowhere.
 */
import { present } from '#domain/assert.ts';
import { addressesOf, type Attributes, type Origins } from './addresses.ts';
import type { Assembly, StackTemplate } from './assembly.ts';
import {
  asideTypes,
  isUnderstood,
  type PropertiesOf,
  type UnderstoodType,
  understoodTypes,
} from './understood-types.ts';
import { resolvedIn } from './resolved-in.ts';

export interface Deployed<Type extends UnderstoodType> {
  readonly type: Type;
  /** The logical name. */
  readonly id: string;
  /** What it is called in the account. */
  readonly name: string;
  readonly attributes: Attributes;
  readonly properties: PropertiesOf<Type>;
}

export interface Deployment {
  all<Type extends UnderstoodType>(type: Type): readonly Deployed<Type>[];
  /** The one of this type whose attribute is this. */
  by<Type extends UnderstoodType>(type: Type, attribute: string, value: string): Deployed<Type>;
  /** Folders of code by their key. */
  readonly code: Assembly['code'];
}

/** Throws with everything that is not understood, in one list. */
export const deploymentOf = (assembly: Assembly, origins: Origins): Deployment => {
  const complaints = assembly.stacks.flatMap(complaintsAbout);
  if (complaints.length > 0) throw new Error(`these templates are not understood here:\n${complaints.join('\n')}`);

  const addresses = new Map<string, Attributes>();
  for (const { name: stack, template } of assembly.stacks) {
    for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
      if (!isUnderstood(Type)) continue;
      addresses.set(`${stack}/${id}`, addressesOf(Type, nameOf(stack, id, Properties), origins));
    }
  }
  const resolve = resolvedIn(assembly.stacks, (stack, id) => addresses.get(`${stack}/${id}`));

  const wrong: string[] = [];
  const deployed = assembly.stacks.flatMap(({ name: stack, template }) =>
    Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
      if (!isUnderstood(Type)) return [];
      const read = understoodTypes[Type].safeParse(resolve(stack, Properties));
      if (!read.success) {
        wrong.push(...read.error.issues.map(({ path, message }) => `${id} (${Type}) ${path.join('.')}: ${message}`));
        return [];
      }
      const attributes = present(addresses.get(`${stack}/${id}`), `${id} has addresses`);
      return [{ type: Type, id, name: nameOf(stack, id, Properties), attributes, properties: read.data }];
    }),
  );
  if (wrong.length > 0) throw new Error(`these templates are not understood here:\n${wrong.join('\n')}`);

  const all = <Type extends UnderstoodType>(type: Type) =>
    deployed.filter((each) => each.type === type) as unknown as readonly Deployed<Type>[];
  return {
    all,
    by: (type, attribute, value) => {
      const found = all(type).filter(({ attributes }) => attributes[attribute] === value);
      if (found[0] === undefined || found.length > 1)
        throw new Error(`${String(found.length)} resources of type ${type} have ${attribute} ${value}`);
      return found[0];
    },
    code: assembly.code,
  };
};

const nameOf = (stack: string, id: string, properties: Readonly<Record<string, unknown>> = {}): string =>
  `${stack}-${id}${properties['FifoQueue'] === true ? '.fifo' : ''}`;

/** Parts of a template that say nothing to whoever has no account to check them against. */
const sections = new Set(['Resources', 'Outputs', 'Description', 'Parameters', 'Rules']);
const attributesOfAResource = new Set([
  'Type',
  'Properties',
  'DependsOn',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Metadata',
]);

const complaintsAbout = ({ name, template }: StackTemplate): readonly string[] => [
  ...Object.keys(template)
    .filter((section) => !sections.has(section))
    .map((section) => `${name} has a section ${section}`),
  ...Object.entries(template.Resources).flatMap(([id, resource]) => [
    ...(isUnderstood(resource.Type) || Object.hasOwn(asideTypes, resource.Type)
      ? []
      : [`${id} is of type ${resource.Type}`]),
    ...Object.keys(resource)
      .filter((attribute) => !attributesOfAResource.has(attribute))
      .map((attribute) => `${id} (${resource.Type}) has an attribute ${attribute}`),
  ]),
];
