/**
 * What is wrong with a value, in a sentence for a person: made from what the schema
 * wants (type, choices, limits), never from what was sent. A schema that knows better
 * says so itself, and its own sentence goes before these.
 */
import type * as z from 'zod';

export const faultSentence: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value'))
    return 'This field is missing.';
  switch (issue.code) {
    case 'invalid_type':
      return wantedTypes[issue.expected] ?? 'A value of another type is wanted here.';
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_big':
      return `At most ${limit(issue.origin, Number(issue.maximum))}.`;
    case 'too_small':
      return `At least ${limit(issue.origin, Number(issue.minimum))}.`;
    case 'not_multiple_of':
      return `A multiple of ${String(issue.divisor)}.`;
    case 'unrecognized_keys':
      return 'There is no such field here.';
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'This name cannot be taken.';
    case 'invalid_union':
      return Array.isArray(issue.options)
        ? oneOf(issue.options as readonly z.core.util.Primitive[])
        : 'This is none of the forms taken here.';
    case 'invalid_format':
      return 'A text of another form is wanted here.';
    default:
      return 'This value cannot be taken.';
  }
};

/** Every number of the API is whole: money, quantities and rates are texts. */
const wantedTypes: Readonly<Record<string, string>> = {
  string: 'Send text, in quotes.',
  number: 'Send a whole number, without quotes.',
  int: 'Send a whole number, without quotes.',
  boolean: 'Send true or false, without quotes.',
  array: 'Send a list, in [ ].',
  object: 'Send an object, in { }.',
  record: 'Send an object, in { }.',
};

const oneOf = (values: readonly z.core.util.Primitive[]): string =>
  values.length === 1 ? `Only ${String(values[0])} is taken here.` : `One of: ${values.map(String).join(', ')}.`;

const counted: Readonly<Record<string, string>> = { string: 'character', array: 'item' };

const limit = (of: string, many: number): string => {
  const what = counted[of];
  return what === undefined ? String(many) : `${String(many)} ${what}${many === 1 ? '' : 's'}`;
};
