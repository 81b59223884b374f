/** The environment a template gives a function, what Lambda adds to it, and secrets as an operator would fill them. */
import type { SecretName } from '#infra/needs/environment-names.ts';
import type { FunctionName } from '#infra/needs/function-needs.ts';
import type { Templates } from '#infra/unbundled-templates.ts';
import { named, region, resolved } from './resolved.ts';

export const environmentIn = (templates: Templates, name: FunctionName): Readonly<Record<string, string>> => {
  const [, { Properties }] = named(templates.stateless, 'AWS::Lambda::Function', `${name}Function`);
  const { Variables } = resolved(templates, Properties?.['Environment']) as { Variables: Record<string, string> };
  return Variables;
};

export const lambdaNames = {
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: 'of the role',
  AWS_SECRET_ACCESS_KEY: 'of the role',
  AWS_SESSION_TOKEN: 'of the role',
};

export const secretValues = {
  stripe: { STRIPE_SECRET_KEY: 'sk_test_of_a_test', STRIPE_WEBHOOK_SECRETS: 'whsec_one,whsec_two' },
  payLinks: { PAY_LINK_SECRET: 'signs links' },
  apiKeys: { API_KEY_PEPPER: 'keys hashes' },
} as const satisfies Readonly<Record<SecretName, Readonly<Record<string, string>>>>;
