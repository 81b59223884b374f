/**
 * The file under the double's store: one line a change set, each with its own
 * checksum, so that a process killed at any instant leaves whole change sets and
 * at most one torn last line, which opening cuts off. A bad line anywhere else
 * means damage and is refused. Opening rewrites the file to one line a row. It
 * promises survival of the process, not of a power cut: lines are written but
 * not fsynced.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { assert } from '#domain/assert.ts';

/** `row` is null where the row was removed. */
export interface Change {
  readonly kind: string;
  readonly id: string;
  readonly row: object | null;
}

export interface ChangeLog {
  append(changes: readonly Change[]): void;
  close(): void;
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

const lineOf = (changes: readonly Change[]): string => {
  const text = JSON.stringify(changes.map(({ kind, id, row }) => [kind, id, row]));
  return `${checksum(text)} ${text}\n`;
};

const readLine = (line: string): Change[] | undefined => {
  const text = line.slice(9);
  if (line.slice(0, 8) !== checksum(text)) return undefined;
  const read = JSON.parse(text) as [string, string, object | null][];
  return read.map(([kind, id, row]) => ({ kind, id, row }));
};

const readChanges = (file: string): Change[] => {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // What follows the last newline is empty, or a change set its process did not live to finish.
  lines.pop();
  return lines.flatMap((line, index) => {
    const changes = readLine(line);
    assert(changes !== undefined, `line ${index + 1} of ${file} carries its own checksum`);
    return changes;
  });
};

/** The rows as they stand after every change set in the file, in the order they were first written. */
const replay = (changes: readonly Change[]): Change[] => {
  const rows = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.kind} ${change.id}`;
    if (change.row === null) rows.delete(key);
    else rows.set(key, change);
  }
  return [...rows.values()];
};

/** Opens or creates the file; `rows` is what it held. */
export const openChangeLog = (file: string): { rows: Change[]; log: ChangeLog } => {
  const rows = replay(readChanges(file));
  const next = `${file}.next`;
  const rewritten = openSync(next, 'w');
  for (const row of rows) writeSync(rewritten, lineOf([row]));
  fsyncSync(rewritten);
  closeSync(rewritten);
  renameSync(next, file);
  const open = openSync(file, 'a');
  return { rows, log: { append: (changes) => void writeSync(open, lineOf(changes)), close: () => closeSync(open) } };
};
