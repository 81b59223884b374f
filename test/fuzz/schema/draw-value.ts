/**
 * A value that a zod schema takes, drawn by walking the schema itself: what a route says
 * it takes is what it is sent. Each value is held to its schema before it is given, for
 * a refinement cannot be walked, only asked. A kind of schema or check that is not known
 * here throws, so that a new one is never passed over in silence.
 */
import * as z from 'zod';
import { below, type Chance, pick } from '#test/simulation/engine/chance.ts';
import { drawNumber } from './draw-number.ts';
import { drawText } from './draw-text.ts';
import { knownText } from './known-text.ts';
import { listBounds } from './list-bounds.ts';

export type Schema = z.core.$ZodType;

/** Rules across fields are met by chance, one draw in eight for a list of three tiers. */
const mostTries = 300;

export const drawValue = (schema: Schema, random: Chance): unknown => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const value = drawAny(schema, random);
    if (z.safeParse(schema, value).success) return value;
  }
  throw new Error(`no value drawn of a schema of the kind "${schema._zod.def.type}" was ever taken by it`);
};

const drawAny = (schema: Schema, random: Chance): unknown => {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return drawObject(def, random);
    case 'string':
      return knownText(schema, random) ?? drawText(schema as z.core.$ZodString, random);
    case 'number':
      return drawNumber(schema as z.core.$ZodNumber, random);
    case 'boolean':
      return random() < 0.5;
    case 'enum':
      return pick(random, Object.values(def.entries) as [unknown, ...unknown[]]);
    case 'literal':
      return pick(random, def.values as [unknown, ...unknown[]]);
    case 'array':
      return Array.from({ length: drawLength(schema as z.core.$ZodArray, random) }, () =>
        drawValue(def.element, random),
      );
    case 'record':
      return Object.fromEntries(
        Array.from({ length: below(random, 4) }, () => [
          drawValue(def.keyType, random) as string,
          drawValue(def.valueType, random),
        ]),
      );
    case 'union':
      return drawValue(pick(random, def.options as [Schema, ...Schema[]]), random);
    case 'optional':
      return random() < 0.5 ? undefined : drawValue(def.innerType, random);
    case 'nullable':
      return random() < 0.2 ? null : drawValue(def.innerType, random);
    case 'pipe':
      return knownText(def.out, random) ?? drawAny(def.in, random);
    default:
      throw new Error(`the fuzz cannot draw of a schema of the kind "${def.type}"`);
  }
};

const drawObject = ({ shape }: z.core.$ZodObjectDef, random: Chance): unknown => {
  const drawn: [string, unknown][] = [];
  for (const [name, field] of Object.entries(shape)) {
    const value = drawValue(field, random);
    if (value !== undefined) drawn.push([name, value]);
  }
  return Object.fromEntries(drawn);
};

/** Mostly a few: a plan of fifty prices shows no more than one of three, but for its bounds, which are sent on purpose. */
const drawLength = (schema: z.core.$ZodArray, random: Chance): number => {
  const { least, most } = listBounds(schema);
  return Math.min(most, least + below(random, random() < 0.1 ? 6 : 3));
};
