/** The five rule packs: nothing found that is not acknowledged, and no acknowledgement that is old or not needed. */
import { describe, expect, it } from 'vitest';
import { countinghouse } from '#infra/countinghouse.ts';
import { functionNeeds } from '#infra/needs/function-needs.ts';
import { acknowledgements } from '#infra/rules/acknowledgements.ts';
import { acknowledge, covers, findingsIn } from '#infra/rules/rule-packs.ts';

const { app } = countinghouse(
  functionNeeds.map(({ name }) => ({ name, folder: import.meta.dirname })),
  { rules: false },
);
const findings = findingsIn(app);

it('the packs look at all', () => {
  const packs = ['AwsSolutions-', 'Serverless-', 'NIST.800.53.R5-', 'HIPAA.Security-', 'PCI.DSS.321-'];
  expect(packs.filter((pack) => !findings.some(({ rule }) => rule.startsWith(pack)))).toEqual([]);
});

it('every finding is acknowledged', () => {
  expect(findings.filter((finding) => !acknowledgements.some((each) => covers(each, finding)))).toEqual([]);
  acknowledge(app);
  expect(findingsIn(app)).toEqual([]);
});

describe('every acknowledgement', () => {
  const today = new Date().toISOString().slice(0, 10);

  it.each(acknowledgements.map((each) => [each.rules[0], each] as const))('of %s is needed', (_, each) => {
    const needed = each.rules.filter((rule) => findings.some((found) => covers({ ...each, rules: [rule] }, found)));
    expect(needed).toEqual(each.rules);
  });

  it.each(acknowledgements.map((each) => [each.rules[0], each] as const))(
    'of %s has a reason, an owner and a day not yet past',
    (_, { because, owner, expiresOn }) => {
      expect(because.length).toBeGreaterThan(40);
      expect(owner).toMatch(/^[a-z]+$/);
      expect(expiresOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(expiresOn >= today, `decide anew: it expired on ${expiresOn}`).toBe(true);
    },
  );
});
