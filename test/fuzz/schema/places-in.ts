/** The places of a value, each with the schema it stands under: what one field off can be off at. */
import * as z from 'zod';
import type { Schema } from './draw-value.ts';

export type Path = readonly (string | number)[];

export interface Place {
  readonly path: Path;
  readonly schema: Schema;
  /** Whether the schema around it can do without it. */
  readonly isOptional: boolean;
}

export const placesIn = (schema: Schema, value: unknown, path: Path = [], isOptional = false): readonly Place[] => {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const here: Place = { path, schema, isOptional };
  switch (def.type) {
    case 'optional':
      return placesIn(def.innerType, value, path, true);
    case 'nullable':
      return value === null ? [here] : placesIn(def.innerType, value, path, isOptional);
    case 'union': {
      const form = def.options.find((option) => z.safeParse(option, value).success);
      return form === undefined ? [here] : placesIn(form, value, path, isOptional);
    }
    case 'object':
      return [
        here,
        ...Object.entries(value as object).flatMap(([name, member]) => {
          const field = def.shape[name];
          return field === undefined ? [] : placesIn(field, member, [...path, name]);
        }),
      ];
    case 'array':
      return [here, ...(value as unknown[]).flatMap((member, i) => placesIn(def.element, member, [...path, i]))];
    case 'record':
      return [
        here,
        ...Object.entries(value as object).flatMap(([name, member]) =>
          placesIn(def.valueType, member, [...path, name], true),
        ),
      ];
    default:
      return [here];
  }
};

/** The value with what stands at the path put through `edit`; where that gives undefined, it is left out. */
export const editedAt = (value: unknown, path: Path, edit: (at: unknown) => unknown): unknown => {
  const [first, ...rest] = path;
  if (first === undefined) return edit(value);
  if (Array.isArray(value)) return value.map((member, i) => (i === first ? editedAt(member, rest, edit) : member));
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([name, member]) => {
      const after = name === first ? editedAt(member, rest, edit) : (member as unknown);
      return after === undefined ? [] : [[name, after]];
    }),
  );
};
