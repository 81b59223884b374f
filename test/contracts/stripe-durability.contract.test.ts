/** The double's file: a process killed at any instant loses nothing it answered, and damage is refused, not read around. */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStripeDouble } from '#local/stripe/double.ts';
import { clientAt } from './stripe-at-hand.ts';

const MAIN = fileURLToPath(new URL('../../local/stripe/serve.ts', import.meta.url));
let folder: string;
let file: string;
let running: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stripe-double-'));
  file = join(folder, 'stripe.log');
});
afterEach(async () => {
  running?.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

const start = async (): Promise<string> => {
  const started = spawn(process.execPath, [MAIN, '--port', '0', '--file', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running = started;
  for await (const line of started.stdout) return (JSON.parse(String(line)) as { url: string }).url;
  throw new Error('the double ended before it listened');
};

const kill = async (): Promise<void> => {
  const ended = new Promise((done) => running?.once('exit', done));
  running?.kill('SIGKILL');
  await ended;
};

test('after kill -9 every answered charge is there, and none twice', { timeout: 60_000 }, async () => {
  const answered = new Map<string, string>();
  for (let round = 0; round < 3; round += 1) {
    const stripe = clientAt(await start());
    const charging = (async () => {
      for (let n = 0; ; n += 1) {
        const invoice = `inv_${round}_${n}`;
        const { id } = await stripe.paymentIntents.create(
          {
            amount: 500,
            currency: 'usd',
            payment_method: 'pm_card_visa',
            confirm: true,
            off_session: true,
            metadata: { invoice },
          },
          { idempotencyKey: invoice },
        );
        answered.set(invoice, id);
      }
    })().catch(() => undefined);
    await new Promise((wait) => setTimeout(wait, 300 + 50 * round));
    await kill();
    await charging;
  }
  const stripe = clientAt(await start());
  // Asked again with its old key, an answered charge is answered alike.
  for (const [invoice, id] of [...answered].slice(-5)) {
    const again = await stripe.paymentIntents.create(
      {
        amount: 500,
        currency: 'usd',
        payment_method: 'pm_card_visa',
        confirm: true,
        off_session: true,
        metadata: { invoice },
      },
      { idempotencyKey: invoice },
    );
    expect(again.id).toBe(id);
  }
  await kill();
  const double = createStripeDouble({ now: Date.now, file });
  const { charges } = double.books();
  const intents = new Map(charges.map((charge) => [charge.invoice, charge.paymentIntent]));
  for (const [invoice, id] of answered) expect(intents.get(invoice)).toBe(id);
  expect(intents.size).toBe(charges.length);
  expect(answered.size).toBeGreaterThan(10);
  // At most the one under way at each kill was done without an answer.
  expect(charges.length - answered.size).toBeLessThanOrEqual(3);
  await double.close();
});

test('a torn last line is cut off, a bad line before it refused', async () => {
  const double = createStripeDouble({ now: Date.now, file, random: () => 0.5 });
  const create = (email: string) => ({
    ...{ method: 'POST', path: '/v1/customers', body: `email=${email}` },
    headers: { authorization: 'Bearer sk_test_1' },
  });
  expect(await double.handle(create('ada@example.com'))).toMatchObject({ status: 200 });
  await double.close();
  await appendFile(file, '01234567 [["customer","cus_torn",{"id":"cus');
  const again = createStripeDouble({ now: Date.now, file, random: () => 0.5 });
  const list = { method: 'GET', path: '/v1/customers', body: '', headers: { authorization: 'Bearer sk_test_1' } };
  expect(await again.handle(list)).toMatchObject({ body: expect.stringContaining('ada@example.com') as unknown });
  // Even a chance that repeats itself makes new ids after a restart.
  await again.handle(create('bob@example.com'));
  const both = await again.handle(list);
  expect(both).toMatchObject({ body: expect.stringMatching(/bob@[^]*ada@/) as unknown });
  await again.close();
  await writeFile(file, (await readFile(file, 'utf8')).replace('ada@', 'eve@'));
  expect(() => createStripeDouble({ now: Date.now, file })).toThrow('checksum');
});
