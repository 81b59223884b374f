/** What a text schema asks for that can be read off it: its lengths, its patterns and its format. Refinements cannot. */
import type * as z from 'zod';

export interface TextRules {
  readonly least: number;
  readonly most: number;
  readonly patterns: readonly RegExp[];
  readonly format: string | undefined;
}

export const textRules = ({ _zod: { def } }: z.core.$ZodString): TextRules => {
  let [least, most] = [0, Infinity];
  const patterns: RegExp[] = [];
  for (const { _zod } of def.checks ?? []) {
    const check = _zod.def as z.core.$ZodChecks['_zod']['def'] | { readonly check: 'custom' };
    switch (check.check) {
      case 'min_length':
        least = Math.max(least, check.minimum);
        break;
      case 'max_length':
        most = Math.min(most, check.maximum);
        break;
      case 'string_format':
        patterns.push(patternOf(check));
        break;
      // A normal form is a way of writing, and a refinement is asked once there is a value.
      case 'overwrite':
      case 'custom':
        break;
      default:
        throw new Error(`the fuzz does not know the check "${check.check}" of a text`);
    }
  }
  const { format } = def as { readonly format?: string };
  return { least, most, patterns, format };
};

const patternOf = ({ format, pattern }: { readonly format: string; readonly pattern?: RegExp | undefined }): RegExp => {
  if (format !== 'regex' || pattern === undefined)
    throw new Error(`the fuzz does not know the check of a text for "${format}"`);
  return pattern;
};
