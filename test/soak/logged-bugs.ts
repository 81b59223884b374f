/** What our processes logged as failed for another reason than that something was away: no kill excuses it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { soakFiles } from './soak-files.ts';

export const loggedBugs = (dir: string): readonly string[] => {
  const { logs } = soakFiles(dir);
  return readdirSync(logs).flatMap((name) =>
    readFileSync(join(logs, name), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"outcome":"failed"') && !line.includes('"error":"Outage: '))
      .map((line) => `${name}: ${line}`),
  );
};
