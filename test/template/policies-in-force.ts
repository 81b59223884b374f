/**
 * IAM for a cloud run from templates: what a function or schedule asks for is asked of a
 * simulator of IAM, under the policies of its role as they stand in the templates. The
 * same question is put once.
 */
import { account, region } from '#local/template/addresses.ts';
import type { Asked, Authorize } from '#local/template/iam.ts';
import { allows } from '#test/infra/policies.ts';

export interface PoliciesInForce {
  readonly authorize: Authorize;
  /** How many different questions were put. */
  questions(): number;
}

export const policiesInForce = (): PoliciesInForce => {
  const answers = new Map<string, Promise<boolean>>();
  return {
    authorize: (asked) => {
      const question = JSON.stringify([asked.by.name, asked.action, asked.resource, asked.context]);
      const known = answers.get(question);
      if (known !== undefined) return known;
      const answer = ask(asked);
      answers.set(question, answer);
      return answer;
    },
    questions: () => answers.size,
  };
};

const ask = ({ by, ...call }: Asked): Promise<boolean> => allows(by.statements, { by: by.role, account, region }, call);
