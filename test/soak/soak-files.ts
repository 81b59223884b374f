/** Where a soak keeps what in its folder. */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const soakFiles = (dir: string) => {
  const logs = join(dir, 'logs');
  mkdirSync(logs, { recursive: true });
  return {
    clock: join(dir, 'clock.json'),
    store: join(dir, 'dynamodb'),
    queues: join(dir, 'sqs.sqlite'),
    stripe: join(dir, 'stripe.log'),
    mail: join(dir, 'mail.jsonl'),
    logs,
    /** Node's own cache of compiled code, for every soak: a process that was killed is back sooner. */
    compiled: join(tmpdir(), 'countinghouse-soak-compiled'),
  };
};
