/**
 * The secrets of one local cloud, made at its first start and kept in its data
 * folder, readable by its owner alone. The API key stands in a file of its own,
 * where a person finds it.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Secrets {
  readonly apiKeyPepper: string;
  readonly payLinkSecret: string;
  readonly webhookSecret: string;
  readonly stripeKey: string;
}

export const openSecrets = (dataDir: string): Secrets => {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const chance = () => randomBytes(24).toString('hex');
  const secrets: Secrets = {
    apiKeyPepper: chance(),
    payLinkSecret: chance(),
    webhookSecret: `whsec_${chance()}`,
    stripeKey: `sk_test_${chance()}`,
  };
  writeFileSync(file, JSON.stringify(secrets, undefined, 2), { mode: 0o600 });
  return secrets;
};
