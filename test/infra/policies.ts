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
  /** The resource's own policy, which a key must have. */
  readonly resourcePolicy?: unknown;
}

export const isAllowed = (templates: Templates, name: FunctionName, call: Call): Promise<boolean> =>
  allows(statementsOf(templates, name), { by: `arn:aws:iam::${account}:role/${name}`, account, region }, call);

export interface Caller {
  /** The ARN of its role. */
  readonly by: string;
  readonly account: string;
  readonly region: string;
}

/** Whether these statements, as the one policy of the caller's role, let the call pass. */
export const allows = async (
  statements: readonly unknown[],
  caller: Caller,
  { action, resource, context, resourcePolicy }: Call,
): Promise<boolean> => {
  const result = await runSimulation(
    {
      request: {
        principal: caller.by,
        action,
        resource: { resource, accountId: caller.account },
        contextVariables: { 'aws:RequestedRegion': caller.region, ...(context as Record<string, string | string[]>) },
      },
      identityPolicies: [{ name: 'of the role', policy: { Version: '2012-10-17', Statement: statements as never } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
};
