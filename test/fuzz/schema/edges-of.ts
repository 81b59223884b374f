/**
 * Values at the bounds of a schema and one beside them: as long, as many or as great as
 * is allowed, one less and one more. Which of them are inside is for the schema to say.
 */
import type * as z from 'zod';
import type { Chance } from '#test/simulation/engine/chance.ts';
import { drawValue, type Schema } from './draw-value.ts';
import { numberBounds } from './draw-number.ts';
import { listBounds } from './list-bounds.ts';
import { textRules } from './text-rules.ts';

const around = (bound: number): readonly number[] => [bound - 1, bound, bound + 1];
/** A list of more is no bound any route has. */
const mostItems = 1_100;

export const edgesOf = (schema: Schema, random: Chance): readonly unknown[] => {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'string':
      return textEdges(schema as z.core.$ZodString);
    case 'number': {
      const { least, most } = numberBounds(schema as z.core.$ZodNumber);
      return [...around(least), ...around(most), least + 0.5];
    }
    case 'array': {
      const { least, most } = listBounds(schema as z.core.$ZodArray);
      const item = drawValue(def.element, random);
      return [...around(least), ...around(most)]
        .filter((length) => length >= 0 && length <= mostItems)
        .map((length) => Array.from({ length }, () => item));
    }
    case 'record': {
      const member = drawValue(def.valueType, random);
      return around(32).map((size) =>
        Object.fromEntries(Array.from({ length: size }, (_, i) => [`f${String(i)}`, member])),
      );
    }
    case 'enum':
      return Object.values(def.entries).flatMap((entry) => [
        entry,
        String(entry).toUpperCase(),
        `${String(entry)} `,
        String(entry).slice(1),
      ]);
    case 'literal':
      return def.values.flatMap((value) => [value, `${String(value)}0`]);
    case 'boolean':
      return ['true', 1, 0, 'false'];
    case 'nullable':
      return [null, 'null'];
    default:
      return [];
  }
};

const textEdges = (schema: z.core.$ZodString): readonly string[] => {
  const { least, most, patterns } = textRules(schema);
  // The numbers in the braces of a pattern are lengths too.
  const counts = patterns.flatMap(({ source }) =>
    [...source.matchAll(/\{(\d+)(?:,(\d+))?\}/g)].flatMap(([, from = '0', to = from]) => [Number(from), Number(to)]),
  );
  const lengths = [least, most, ...counts, ...counts.map((count) => count + 1)].filter((length) => length <= 5_000);
  return [...new Set(lengths.flatMap(around))]
    .filter((length) => length >= 0)
    .flatMap((length) => ['a'.repeat(length), '1'.repeat(length), 'é'.repeat(length), `0.${'3'.repeat(length)}`]);
};
