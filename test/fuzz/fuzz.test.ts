/**
 * Some thousand requests to every address of the API and every door, good, nearly good
 * and hostile: nothing breaks, nothing is written on a refusal, nothing is told that is
 * nobody's, what is good is taken, and a month later everybody is billed. `FUZZ_BODIES`
 * raises how many and `FUZZ_SEED` says of which seed; `npm run fuzz` goes further.
 */
import { describe, expect, it } from 'vitest';
import { fuzz, type Fuzzed } from './fuzz.ts';
import { targets } from './requests/targets.ts';

const bodies = Number(process.env['FUZZ_BODIES'] ?? '5000');
const seed = Number(process.env['FUZZ_SEED'] ?? '1');

let fuzzed: Fuzzed;
describe(`${String(bodies)} requests of seed ${String(seed)}`, () => {
  it('break nothing', { timeout: 600_000 }, async () => {
    fuzzed = await fuzz({ seed, bodies, monthEvery: 3 });
    expect(fuzzed.failures).toEqual([]);
    expect(fuzzed.sent()).toBe(bodies);
  });

  it('go to every address', () => {
    expect([...fuzzed.rows.keys()].sort()).toEqual(targets.map(({ name }) => name).sort());
  });

  /** Of restored books nearly every next step waits for the one before. */
  const leastTaken = (template: string): number => (template.startsWith('/v1/restore/') ? 0 : 0.5);

  it.each(targets.filter(({ body }) => body !== undefined).map(({ name, template }) => [name, template] as const))(
    'are taken by %s where they are good, most often',
    (name, template) => {
      const { good = 0, goodTaken = 0 } = fuzzed.rows.get(name) ?? {};
      expect(good).toBeGreaterThan(2);
      expect(goodTaken / good).toBeGreaterThan(leastTaken(template));
    },
  );

  it('make records that a night later can be billed', () => {
    expect(fuzzed.months.length).toBeGreaterThan(0);
    for (const { invoices, parked } of fuzzed.months) expect(invoices).toBeGreaterThan(parked.length);
  });
});
