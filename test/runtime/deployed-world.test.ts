/** How a Lambda comes by its world and its secrets: at the first request, again after five minutes, and through an outage. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMinutes, instant } from '#domain/time/instant.ts';
import { deployedWorld } from '#functions/runtime/deployed-world.ts';
import { openBooks } from '#functions/runtime/openers/open-books.ts';

let server: Server;
let secret: string | undefined;
let asked: string[];
let now = instant('2026-03-01T00:00:00.000Z');
let logged: object[];

beforeEach(async () => {
  [asked, logged, now] = [[], [], instant('2026-03-01T00:00:00.000Z')];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push((JSON.parse(Buffer.concat(chunks).toString('utf8')) as { SecretId: string }).SecretId);
      response.statusCode = secret === undefined ? 400 : 200;
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(
        JSON.stringify(secret === undefined ? { __type: 'AccessDeniedException' } : { SecretString: secret }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.close();
});

const worldOf = (arns = 'arn:one') =>
  deployedWorld(
    { books: openBooks },
    {
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      BOOKS_TABLE: 'books',
      BOOK: 'L',
      LANE_URLS: '{}',
      SECRET_ARNS: arns,
    },
    { clock: { now: () => now }, log: (entry) => logged.push(entry) },
  );
const pepper = (value: string) => JSON.stringify({ API_KEY_PEPPER: value });

describe('secrets', () => {
  it('are read at the first request and known for five minutes', async () => {
    secret = pepper('one');
    const open = worldOf();
    expect(asked).toEqual([]);
    const world = await open();
    expect(world.apiKeyPepper).toBe('one');
    now = addMinutes(now, 5);
    expect(await open()).toBe(world);
    expect(asked).toEqual(['arn:one']);
  });

  it('that were rotated are taken up after that, in a world opened anew', async () => {
    secret = pepper('one');
    const open = worldOf();
    const before = await open();
    secret = pepper('two');
    now = addMinutes(now, 6);
    const after = await open();
    expect([before.apiKeyPepper, after.apiKeyPepper]).toEqual(['one', 'two']);
  });

  it('that are as they were leave the world as it was', async () => {
    secret = pepper('one');
    const open = worldOf();
    const before = await open();
    now = addMinutes(now, 6);
    expect(await open()).toBe(before);
    expect(asked).toEqual(['arn:one', 'arn:one']);
  });

  it('that cannot be read again go on as known, and are asked for again five minutes later', async () => {
    secret = pepper('one');
    const open = worldOf();
    await open();
    secret = undefined;
    now = addMinutes(now, 6);
    expect((await open()).apiKeyPepper).toBe('one');
    expect(logged).toEqual([{ outcome: 'secrets not read again', error: expect.stringContaining('arn:one') }]);
    const askedSoFar = asked.length;
    await open();
    expect(asked.length).toBe(askedSoFar);
    secret = pepper('two');
    now = addMinutes(now, 6);
    expect((await open()).apiKeyPepper).toBe('two');
  });

  it('that were never read are an outage, and asked for at the next request', async () => {
    secret = undefined;
    const open = worldOf();
    await expect(open()).rejects.toMatchObject({ name: 'Outage' });
    secret = pepper('one');
    expect((await open()).apiKeyPepper).toBe('one');
  });

  it.each(['not JSON at all: hunter2', '["hunter2"]', '{"API_KEY_PEPPER":{"hunter2":1}}', 'null'])(
    'that hold %s are a bug of the deployment, and the error does not say what they hold',
    async (content) => {
      secret = content;
      const error = await worldOf()().then(
        () => undefined,
        (thrown: unknown) => thrown as Error,
      );
      expect(error?.name).toBe('Bug');
      expect(error?.message).toContain('arn:one');
      expect(error?.message).not.toContain('hunter2');
    },
  );

  it('are none where none are named', async () => {
    const world = await worldOf('')();
    expect(asked).toEqual([]);
    expect(() => world.apiKeyPepper).toThrow('the environment names API_KEY_PEPPER');
  });
});
