/** Each function's world opens with exactly what its template gives it, and holds no secret in plain. */
import { describe, expect, it } from 'vitest';
import type { Port } from '#functions/ports.ts';
import { openWorld } from '#functions/runtime/open-world.ts';
import { secretsOf } from '#infra/needs/environment-names.ts';
import { functionNeeds, lanesWithQueue } from '#infra/needs/function-needs.ts';
import { unbundledTemplates } from '#infra/unbundled-templates.ts';
import { environmentIn, lambdaNames, secretValues } from './environment-in.ts';

const templates = unbundledTemplates();
const ports: readonly Port[] = ['books', 'usageLog', 'payments', 'mail', 'documents', 'ids'];

describe.each(functionNeeds.map((needs) => [needs.name, needs] as const))('%s', (name, needs) => {
  const env = environmentIn(templates, name);
  const given = { ...env, ...lambdaNames, ...Object.assign({}, ...secretsOf(needs).map((each) => secretValues[each])) };

  it('opens every port its rows use', () => {
    const world = openWorld(given);
    for (const port of needs.uses) expect([port, world.ports[port]]).toEqual([port, expect.anything()]);
    if (needs.checksApiKeys) expect(world.apiKeyPepper).toBe(secretValues.apiKeys.API_KEY_PEPPER);
  });

  it('cannot open a port that needs what it was not given', () => {
    const world = openWorld(given);
    const needsMore: readonly Port[] = ['usageLog', 'payments', 'documents'];
    for (const port of needsMore.filter((each) => !needs.uses.includes(each))) {
      expect(() => world.ports[port]).toThrow('the environment names');
    }
    expect(ports).toEqual(expect.arrayContaining([...needs.uses]));
    if (!needs.checksApiKeys) expect(() => world.apiKeyPepper).toThrow('the environment names API_KEY_PEPPER');
  });

  it('knows the queues it sends to and its own', () => {
    const own = lanesWithQueue.filter((lane) => lane === name);
    const known = Object.keys(JSON.parse(env['LANE_URLS'] ?? '') as object);
    expect(known.sort()).toEqual([...new Set([...needs.sendsTo, ...own])].sort());
  });

  it('has no secret’s value in its environment', () => {
    const secretNames = Object.values(secretValues).flatMap((values) => Object.keys(values));
    expect(Object.keys(env).filter((each) => secretNames.includes(each))).toEqual([]);
  });
});
