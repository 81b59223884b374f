/**
 * The runner itself: that a right answer passes, a wrong one fails and says where, and that what the terminal and the
 * exit code say is so. Without this a runner that never fails would look like a domain that is never wrong.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { differences } from './differences.ts';
import { failureLine } from './report.ts';
import { runCase } from './run-case.ts';

const price = (expected: object, more: object = {}) => ({
  id: 'price.test.one',
  source: 'test',
  family: 'price',
  folder: '.',
  input: {
    currency: 'EUR',
    rounding: { at: 'line', mode: 'half-up', scale: 2 },
    price: {
      model: 'graduated',
      tiers: [
        { upTo: '10', unit: '1', flat: '5' },
        { upTo: null, unit: '0.333', flat: null },
      ],
    },
    quantity: '11',
    ...more,
  },
  expect: { ...expected },
});

describe('runCase', () => {
  it('passes what is right, numbers as numbers and lines in any order', () => {
    const lines = [
      { kind: 'flat', amount: '5.00' },
      { tier: 2, total: '0.33' },
      { tier: 1, kind: 'usage' },
    ];
    expect(runCase(price({ total: '15.330', lines }))).toMatchObject({ result: 'passed' });
  });

  it('fails what is wrong, and says where', () => {
    const outcome = runCase(price({ total: '15.34', lines: [] }));
    expect(outcome).toMatchObject({ result: 'failed', differences: [{ at: 'total' }, { at: 'lines' }] });
    expect(outcome.result === 'failed' && failureLine(outcome)).toContain('total expected "15.34", got "15.33"');
  });

  it.each([
    ['a refusal that did not come', price({ error: true })],
    ['a refusal nobody expected', price({ total: '1' }, { credits: ['1000'] })],
    ['a field nobody maps', price({ total: '15.33' }, { surprise: '1' })],
    ['an expectation nobody answers', price({ total: '15.33', mood: 'good' })],
    ['a family nobody knows', { ...price({}), family: 'astrology' }],
  ])('fails %s', (_, given) => expect(runCase(given)).toMatchObject({ result: 'failed' }));

  it('passes a refusal that was expected', () =>
    expect(runCase(price({ error: true }, { credits: ['1000'] }))).toMatchObject({ result: 'passed' }));

  it('skips with the reason', () =>
    expect(runCase({ ...price({}), family: 'utility-bill' })).toMatchObject({ result: 'skipped', reason: /./ }));
});

describe('differences', () => {
  it.each([
    ['equal numbers', { a: '1.0' }, { a: 1 }, 0],
    ['within a tolerance', { a: '1', tolerance: '0.1' }, { a: '1.1' }, 0],
    ['outside a tolerance', { a: '1', tolerance: '0.1' }, { a: '1.11' }, 1],
    ['a missing value', { a: '1' }, {}, 1],
    ['a list too long', { parts: ['1'] }, { parts: ['1', '2'] }, 1],
    ['two lines for one', { lines: [{ a: '1' }, { a: '1' }] }, { lines: [{ a: '1' }, { a: '2' }] }, 1],
    ['a list that is ordered', { parts: ['1', '2'] }, { parts: ['2', '1'] }, 2],
  ])('%s', (_, expected, got, count) => expect(differences(expected, got)).toHaveLength(count));
});

describe('npm run cases', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cases-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...args: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, 'run-cases.ts'), ...args], {
      encoding: 'utf8',
    });
    return { status, last: stdout.trimEnd().split('\n').at(-1), stdout };
  };
  const file = (name: string, ...cases: object[]) => {
    writeFileSync(join(folder, name), JSON.stringify(cases));
    return join(folder, name);
  };
  const right = file('right.json', price({ total: '15.33' }));
  const wrong = file('wrong.json', price({ total: '1' }), { ...price({}), family: 'utility-bill' });

  it('exits 0 when all pass, 1 when one fails, and counts in its last line', () => {
    expect(run(right)).toMatchObject({ status: 0, last: '1 passed, 0 failed, 0 skipped' });
    expect(run(folder)).toMatchObject({ status: 1, last: '1 passed, 1 failed, 1 skipped' });
  });

  it('exits 2 when it is called wrongly', () => {
    expect(run().status).toBe(2);
    expect(run('--loud', right).status).toBe(2);
    expect(run(join(folder, 'nowhere.json')).status).toBe(2);
    expect(run(import.meta.filename).status).toBe(2);
  });

  it('prints JSON', () => expect(JSON.parse(run('--json', wrong).stdout)).toMatchObject({ failed: 1, skipped: 1 }));
});
