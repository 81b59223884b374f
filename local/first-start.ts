/**
 * What a new deployment has before anybody asks: one billing entity and one API key
 * with every scope. The key is written to the data folder and shown nowhere else; the
 * store has its hash. Started again, it finds both and changes nothing.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultBillingEntity } from '#functions/api/billing-entities/default-billing-entity.ts';
import { newApiKey } from '#functions/api/keys/new-api-key.ts';
import { create } from '#functions/handle.ts';
import { commit } from '#functions/runtime/commit.ts';
import type { World } from '#functions/runtime/world.ts';

const apiKeyFile = 'api-key';

export const firstStart = async (world: World, dataDir: string): Promise<string> => {
  if ((await world.ports.books.get('billingEntity', defaultBillingEntity.key)) === undefined) {
    const { key: names, numberPrefix: value } = defaultBillingEntity;
    await commit(world, {
      write: [
        create('billingEntity', defaultBillingEntity),
        create('reference', { kind: 'number_prefix', value, names }),
      ],
    });
  }
  const file = join(dataDir, apiKeyFile);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();

  const { key, record } = newApiKey({
    name: 'first key of this data folder',
    scopes: ['usage:write', 'read', 'admin'],
    pepper: world.apiKeyPepper,
    now: world.clock.now(),
    random: (bytes) => randomBytes(bytes),
  });
  await commit(world, { write: [create('apiKey', record)] });
  // The record first: a key in the file always works. A crash in between leaves a record nobody has the key to.
  writeFileSync(`${file}.part`, `${key}\n`, { mode: 0o600 });
  renameSync(`${file}.part`, file);
  return key;
};
