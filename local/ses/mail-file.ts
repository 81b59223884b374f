/**
 * Mails on disk, one JSON line each, only ever added to. A line is whole or it was
 * never acknowledged: what a kill tore off at the end is cut away at the next start.
 */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import type { Email } from 'aws-ses-v2-local/dist/store.js';

/** A mail as the package read it, and to whom its envelope went, which its headers need not say. */
export interface StoredMail {
  readonly email: Email;
  readonly to: readonly string[];
}

export interface MailFile {
  readonly stored: readonly StoredMail[];
  append(mail: StoredMail): void;
}

export const openMailFile = (file?: string): MailFile => {
  if (file === undefined) return { stored: [], append: () => undefined };
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const whole = bytes.lastIndexOf('\n') + 1;
  if (whole < bytes.length) truncateSync(file, whole);
  const lines = bytes.toString('utf8', 0, whole).split('\n').slice(0, -1);
  return {
    stored: lines.map((line) => JSON.parse(line) as StoredMail),
    append: (mail) => appendFileSync(file, `${JSON.stringify(mail)}\n`),
  };
};
