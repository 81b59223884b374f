/**
 * The world of a Lambda: what its environment names, with the secrets its environment
 * points to. Secrets are read when the first request comes and looked at again every
 * few minutes, so a rotated one is taken up without a deployment; while they cannot
 * be read, the ones known go on.
 */
import { present } from '#domain/assert.ts';
import { Outage } from '#domain/outage.ts';
import { epochMs } from '#domain/time/instant.ts';
import { type Environment, secretsClient } from '../adapters/aws-clients.ts';
import { readSecrets } from '../adapters/secrets/read-secrets.ts';
import type { Port } from '../ports.ts';
import { makeWorld, type WorldParts } from './make-world.ts';
import type { PortOpeners } from './openers/port-openers.ts';
import type { World } from './world.ts';
import { systemClock } from '../adapters/system-clock.ts';

const freshMs = 5 * 60_000;

export const deployedWorld = <Used extends Port>(
  openers: PortOpeners<Used>,
  env: Environment = process.env,
  parts: WorldParts = {},
): (() => Promise<World>) => {
  const { clock = systemClock } = parts;
  const arns = (env['SECRET_ARNS'] ?? '').split(',').filter((arn) => arn !== '');
  let open: { readonly world: World; readonly secrets: string; readonly readAtMs: number } | undefined;

  const reopened = async (nowMs: number) => {
    const secrets = arns.length === 0 ? {} : await readSecrets(secretsClient(env), arns);
    const text = JSON.stringify(secrets);
    const world = open?.secrets === text ? open.world : makeWorld({ ...env, ...secrets }, openers, parts);
    return { world, secrets: text, readAtMs: nowMs };
  };

  return async () => {
    const nowMs = epochMs(clock.now());
    if (open === undefined || (arns.length > 0 && nowMs - open.readAtMs > freshMs)) {
      try {
        open = await reopened(nowMs);
      } catch (error) {
        if (!(error instanceof Outage) || open === undefined) throw error;
        open.world.log({ outcome: 'secrets not read again', error: error.message });
        open = { ...open, readAtMs: nowMs };
      }
    }
    return present(open, 'the world is open by now').world;
  };
};
