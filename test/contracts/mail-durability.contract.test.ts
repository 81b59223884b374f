/** A mail that was acknowledged is in the mailbox after kill -9. The mailbox is its own process here. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SESClient } from '@aws-sdk/client-ses';
import { expect, it, onTestFinished } from 'vitest';
import { sesMail } from '#functions/adapters/ses/ses-mail.ts';
import { serveSes } from '#local/ses/serve-ses.ts';

it('mails acknowledged before kill -9 are there after it, each once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mail-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'mail.jsonl');
  const program = new URL('../../local/ses/serve.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, '--data', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const client = new SESClient({
    endpoint: line.split(' ').at(-1)!,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  const mail = sesMail({ client });

  const acknowledged: string[] = [];
  const sendUntilDeath = async () => {
    for (let n = 0; ; n += 1) {
      const mime = Buffer.from(
        `From: a@ch.example\r\nTo: b@customer.example\r\nSubject: mail ${n}\r\n\r\n${'line\r\n'.repeat(500)}`,
      );
      const outcome = await mail.send({ from: 'a@ch.example', to: 'b@customer.example', mime }).catch(() => undefined);
      if (outcome?.state !== 'ok') return;
      acknowledged.push(outcome.value.messageId);
    }
  };
  const sending = [1, 2, 3].map(sendUntilDeath);
  while (acknowledged.length < 20) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGKILL');
  await Promise.all(sending);

  const after = await serveSes({ file });
  onTestFinished(() => after.close());
  const kept = (await after.inbox()).map(({ messageId }) => messageId);
  expect(kept).toEqual(expect.arrayContaining(acknowledged));
  expect(new Set(kept).size).toBe(kept.length);
});
