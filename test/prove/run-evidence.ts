/**
 * Runs one command of the scorecard and reads what it tells: the last line of its
 * standard output that is an object, or, of tests, the report they write.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evidence, type EvidenceName, type Size, type Told } from './evidence.ts';

export interface Ran<Name extends EvidenceName> {
  /** Undefined where it ended without telling anything. A command that found failures tells them too. */
  readonly told: Told[Name] | undefined;
  readonly hasPassed: boolean;
}

export const runEvidence = async <Name extends EvidenceName>(name: Name, size: Size): Promise<Ran<Name>> => {
  const [program = '', ...words] = evidence[name][size];
  const folder = mkdtempSync(join(tmpdir(), 'countinghouse-prove-'));
  const report = join(folder, 'report.json');
  const isTests = words.includes('--reporter=json');
  const child = spawn(program, isTests ? [...words, `--outputFile=${report}`] : words, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  try {
    const code = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
    const told = isTests && existsSync(report) ? readFileSync(report, 'utf8') : lastObject(text);
    return { told: told === undefined ? undefined : (JSON.parse(told) as Told[Name]), hasPassed: code === 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const lastObject = (text: string): string | undefined => text.split('\n').findLast((line) => line.startsWith('{'));
