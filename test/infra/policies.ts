/** The policy of each function as IAM would have it, and what a simulator of IAM says to a call under it. */
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { type FunctionName } from '#infra/needs/function-needs.ts';
import type { Templates } from '#infra/unbundled-templates.ts';
import { account, named, region, resolved } from './resolved.ts';

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export const listed = <Value>(value: Value | readonly Value[]): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : [value as Value];

export const statementsOf = (templates: Templates, name: FunctionName): readonly Statement[] => {
  const [, { Properties }] = named(templates.stateless, 'AWS::IAM::ManagedPolicy', `${name}Policy`);
  const { Statement } = resolved(templates, Properties?.['PolicyDocument']) as { Statement: readonly Statement[] };
  return Statement;
};

export interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export const isAllowed = async (templates: Templates, name: FunctionName, call: Call): Promise<boolean> => {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${account}:role/${name}`,
        action: call.action,
        resource: { resource: call.resource, accountId: account },
        contextVariables: { 'aws:RequestedRegion': region, ...(call.context as Record<string, string | string[]>) },
      },
      identityPolicies: [
        { name, policy: { Version: '2012-10-17', Statement: statementsOf(templates, name) as never } },
      ],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
};
