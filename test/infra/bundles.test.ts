/**
 * The bundles as Lambda would run them: imported by a process of their own with the
 * environment of the template, secrets behind a loopback address, and nothing else of
 * this repository in reach.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { billPdf } from '#functions/adapters/documents/bill-pdf.ts';
import { type Bundle, bundleHandlers, bundling, copyFonts } from '#infra/bundles/bundle-handlers.ts';
import { type FunctionName, functionNeeds } from '#infra/needs/function-needs.ts';
import { unbundledTemplates } from '#infra/unbundled-templates.ts';
import type { Json } from '#local/api-client.ts';
import { bodyOf, issued } from '#test/contracts/mail-bill.ts';
import { environmentIn, lambdaNames, secretValues } from './environment-in.ts';

const templates = unbundledTemplates();
const payUrl = 'https://billing.example/pay/inv_1';
const into = mkdtempSync(join(tmpdir(), 'bundles-'));
const asked: string[] = [];
let bundles: readonly Bundle[];
let secretsManager: Server;

beforeAll(async () => {
  bundles = await bundleHandlers(into);
  secretsManager = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { SecretId } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { SecretId: string };
      asked.push(SecretId);
      const beginnings = { StripeSecret: 'stripe', PayLinkSecret: 'payLinks', ApiKeySecret: 'apiKeys' } as const;
      const name = Object.entries(beginnings).find(([beginning]) => SecretId.includes(`:${beginning}`))?.[1];
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ ARN: SecretId, SecretString: JSON.stringify(name && secretValues[name]) }));
    });
  });
  await new Promise<void>((resolve) => secretsManager.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  secretsManager.close();
  rmSync(into, { recursive: true });
});

/** What the handler answers to an event, in a process that has nothing but the bundle and the environment. */
const answer = async (name: FunctionName, event: unknown): Promise<Json> => {
  const script = join(into, 'invoke.mjs');
  writeFileSync(
    script,
    `const { handler } = await import(process.argv[2] + '/index.mjs');
     console.log('\\n' + JSON.stringify(await handler(JSON.parse(process.argv[3]))));`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [script, join(into, name), JSON.stringify(event)], {
    cwd: into,
    env: {
      ...environmentIn(templates, name),
      ...lambdaNames,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(secretsManager.address() as AddressInfo).port}`,
    },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
};

const request = (method: string, path: string, routeKey = `${method} ${path}`) => ({
  routeKey,
  rawPath: path,
  headers: {},
  requestContext: { http: { method } },
  isBase64Encoded: false,
});

describe('each bundle', () => {
  it.each(functionNeeds.filter(({ name }) => name !== 'api').map(({ name }) => name))(
    '%s opens its world and answers an empty batch',
    async (name) => {
      expect(await answer(name, { Records: [] })).toEqual({ batchItemFailures: [] });
    },
  );

  it('usage asks for a key at its door', async () => {
    expect(await answer('usage', request('POST', '/v1/events'))).toMatchObject({ statusCode: 401 });
  });

  it('money refuses a webhook without a signature', async () => {
    const { statusCode } = await answer('money', { ...request('POST', '/webhooks/stripe'), body: '{}' });
    expect(statusCode).toBe(400);
  });

  it('money shows no page for a token that was never made', async () => {
    const event = { ...request('GET', '/pay/x', 'GET /pay/{token}'), pathParameters: { token: 'x' } };
    expect(await answer('money', event)).toMatchObject({ statusCode: 404 });
  });

  it('api answers that it is there, and has no test clock', async () => {
    expect(await answer('api', request('GET', '/healthz', '$default'))).toMatchObject({ statusCode: 200 });
    expect(await answer('api', request('GET', '/v1/test-clock', '$default'))).toMatchObject({ statusCode: 404 });
  });

  it('asks for its own secrets and no other', async () => {
    asked.length = 0;
    await answer('money', { Records: [] });
    expect(asked.map((arn) => /:(\w+?Secret)/.exec(arn)?.[1]).sort()).toEqual(['PayLinkSecret', 'StripeSecret']);
  });
});

describe('what is in them', () => {
  it('Stripe’s code is in the money lane’s and the font in those that draw, and in no other', () => {
    const holding = (text: string) =>
      bundles
        .filter(({ folder }) => readFileSync(join(folder, 'index.mjs'), 'utf8').includes(text))
        .map(({ name }) => name);
    expect(holding('api.stripe.com')).toEqual(['money']);
    expect(holding('NotoSans_400Regular.ttf')).toEqual(['messages', 'api']);
  });

  it('no bundle is larger than it was allowed to become', () => {
    const most: Readonly<Record<FunctionName, number>> = {
      usage: 160_000,
      billing: 165_000,
      numbers: 145_000,
      housekeeping: 145_000,
      money: 190_000,
      messages: 460_000,
      api: 500_000,
    };
    console.table(bundles.map(({ name, bytes, gzippedBytes }) => ({ name, bytes, gzippedBytes, most: most[name] })));
    expect(bundles.filter(({ name, gzippedBytes }) => gzippedBytes > most[name]).map(({ name }) => name)).toEqual([]);
  });
});

it('a bill drawn by a bundle is the bill the source draws, to the byte', async () => {
  const folder = join(into, 'bill');
  const contents = `
    import { billPdf } from './functions/adapters/documents/bill-pdf.ts';
    import { bodyOf, issued } from './test/contracts/mail-bill.ts';
    process.stdout.write(await billPdf(issued, bodyOf(), '${payUrl}'));`;
  const stdin = { contents, resolveDir: join(import.meta.dirname, '../..') };
  await build({ ...bundling, stdin, outfile: join(folder, 'index.mjs') });
  copyFonts(folder);
  const run = promisify(execFile)(process.execPath, [join(folder, 'index.mjs')], { cwd: into, encoding: 'buffer' });
  expect((await run).stdout).toEqual(Buffer.from(await billPdf(issued, bodyOf(), payUrl)));
});
