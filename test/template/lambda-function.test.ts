/** A function's thread: what it has and has not, its time, and how it ends. */
import { afterEach, expect, it, vi } from 'vitest';
import { type RunningCode, runningCode } from './running-code.ts';

let running: RunningCode | undefined;
afterEach(() => running?.close());
const run = (...of: Parameters<typeof runningCode>): RunningCode => (running = runningCode(...of));

it('has the environment it was given and nothing of this process’s', async () => {
  expect(Object.keys(process.env).length).toBeGreaterThan(1);
  const { target } = run('export const handler = async () => ({ ...process.env });');
  expect(await target.invoke({}, 'a test')).toEqual({ GIVEN: 'by the template' });
});

it('finds no package that was left out of its bundle, though this repository has it', async () => {
  const { target } = run(`import Stripe from 'stripe'; export const handler = async () => typeof Stripe;`);
  await expect(target.invoke({}, 'a test')).rejects.toThrow(/ImportModuleError.*'stripe'/);
});

it('names a handler that is not there', async () => {
  const { target } = run('export const another = 1;');
  await expect(target.invoke({}, 'a test')).rejects.toThrow('index.handler is undefined or not exported');
});

it('has the time it is given, in every way of asking, and keeps it while the clock stands', async () => {
  const { target, clock } = run(`
    const asked = () => [Date.now(), new Date().getTime(), Date.parse(Date()), new Date(5).getTime()];
    export const handler = async () => [...asked(), new Date() instanceof Date, new Date().constructor === Date];`);
  const at = Date.UTC(2031, 4, 6, 7, 8, 9);
  clock.standAt(at);
  expect(await target.invoke({}, 'a test')).toEqual([at, at, at, 5, true, true]);
  clock.standAt(at + 86_400_000);
  expect(await target.invoke({}, 'a test')).toContain(at + 86_400_000);
  clock.release();
  const [later] = (await target.invoke({}, 'a test')) as [number];
  expect(later).toBeGreaterThanOrEqual(at + 86_400_000);
  expect(later).toBeLessThan(at + 86_400_000 + 60_000);
});

it('is ended when its time is over, and the next invocation has a new one', async () => {
  const { target } = run(
    `let calls = 0; export const handler = async ({ hang }) => { calls += 1; if (hang) for (;;) {} return calls; };`,
    { timeoutMs: 300 },
  );
  expect(await target.invoke({}, 'a test')).toBe(1);
  expect(await target.invoke({}, 'a test')).toBe(2);
  await expect(target.invoke({ hang: true }, 'a test')).rejects.toThrow('Task timed out after 0.3 seconds');
  expect(await target.invoke({}, 'a test')).toBe(1);
});

it('fails the invocation it dies in, and no other', async () => {
  const { target } = run(`export const handler = async ({ die }) => {
    if (die === 'exit') process.exit(3);
    if (die === 'stray') { setTimeout(() => { throw new Error('stray'); }); await new Promise(() => {}); }
    if (die === 'throw') throw new TypeError('thrown');
    return 'alive'; };`);
  await expect(target.invoke({ die: 'exit' }, 'a test')).rejects.toThrow('exited with 3');
  await expect(target.invoke({ die: 'stray' }, 'a test')).rejects.toThrow('stray');
  await expect(target.invoke({ die: 'throw' }, 'a test')).rejects.toThrow('TypeError: thrown');
  expect(await target.invoke({}, 'a test')).toBe('alive');
  expect(target.executed()).toEqual({ 'a test': 1 });
});

it('runs two at once and lets a third wait', async () => {
  const { target } = run(`export const handler = async () => {
    const from = Date.now(); await new Promise((done) => setTimeout(done, 200)); return [from, Date.now()]; };`);
  const spans = (await Promise.all([1, 2, 3].map(() => target.invoke({}, 'a test')))) as [number, number][];
  const atOnce = spans.map(([from]) => spans.filter(([start, end]) => start <= from && from < end).length);
  expect(Math.max(...atOnce)).toBe(2);
});

it('gives what it prints line by line, and takes no answer beyond Lambda’s limit', async () => {
  const { target, lines } = run(`export const handler = async ({ size }) => {
    console.log('one'); console.error('two'); return 'x'.repeat(size); };`);
  await target.invoke({ size: 1 }, 'a test');
  await expect(target.invoke({ size: 7_000_000 }, 'a test')).rejects.toThrow('ResponseSizeTooLarge');
  await vi.waitFor(() => expect([...lines].sort()).toEqual(['one', 'one', 'two', 'two']), 10_000);
});
