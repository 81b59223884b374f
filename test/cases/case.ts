/**
 * A worked billing case: what goes in, and what its source says comes out. Numbers are decimal texts; a case file is a
 * JSON array of cases. What a file or a folder holds is read here, and nothing is judged.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const caseSchema = z.object({
  id: z.string(),
  source: z.string(),
  family: z.string(),
  input: z.record(z.string(), z.unknown()),
  expect: z.record(z.string(), z.unknown()),
  note: z.string().optional(),
  peculiar: z.boolean().optional(),
});

export interface Case extends z.infer<typeof caseSchema> {
  /** The folder of the case's file; paths inside a case are relative to it. */
  readonly folder: string;
}

/** What the domain makes of a case's input, in the words of the case's `expect`; or its refusal. */
export type Answer = Readonly<Record<string, unknown>> | { readonly error: true; readonly because: string };

/** Maps the input of one family of cases to the domain's own vocabulary and asks the domain. */
export type Family = (input: Case['input'], folder: string) => Answer;

export const refused = (because: string): Answer => ({ error: true, because });

/** The cases of a file, or of every .json file right inside a folder. */
export const readCases = (path: string): readonly Case[] => {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => join(path, name))
    : [path];
  return files.flatMap((file) =>
    z
      .array(caseSchema)
      .parse(JSON.parse(readFileSync(file, 'utf8')))
      .map((each) => ({ ...each, folder: dirname(file) })),
  );
};
