/**
 * Who asks for what. Every function and every schedule has an access key of its own and
 * the statements of its role; before a request reaches an engine, whoever started the
 * cloud may say no to it. What was refused is kept, so that nobody has to look for it.
 */
import { present } from '#domain/assert.ts';
import type { Deployment } from './deployment.ts';

export interface Principal {
  /** The resource that asks: the logical name of a function or schedule, or `operator`. */
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly role: string;
  /** Of the policies of its role, with every reference worked out. */
  readonly statements: readonly Readonly<Record<string, unknown>>[];
}

/** What IAM would be asked about one request; a transaction is asked about item by item. */
export interface Ask {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** The resource's own policy, where it has one that counts: a key's. */
  readonly resourcePolicy?: unknown;
}

export interface Asked extends Ask {
  readonly by: Principal;
}

export type Authorize = (asked: Asked) => boolean | Promise<boolean>;

export interface Iam {
  readonly operator: Principal;
  /** Of the function or schedule of this logical name. */
  principal(name: string): Principal;
  byAccessKey(id: string): Principal | undefined;
  /** The first of the asks that is refused. */
  refused(by: Principal, asks: readonly Ask[]): Promise<Asked | undefined>;
  denials(): readonly Asked[];
}

const trusted = {
  'AWS::Lambda::Function': 'lambda.amazonaws.com',
  'AWS::Scheduler::Schedule': 'scheduler.amazonaws.com',
};

export const openIam = (deployment: Deployment, authorize: Authorize = () => true): Iam => {
  const operator = principalOf('operator', 'operator', []);
  const principals = [
    operator,
    ...deployment
      .all('AWS::Lambda::Function')
      .map(({ id, type, properties: { Role } }) => ofRole(deployment, id, Role, trusted[type])),
    ...deployment
      .all('AWS::Scheduler::Schedule')
      .map(({ id, type, properties: { Target } }) => ofRole(deployment, id, Target.RoleArn, trusted[type])),
  ];
  const byKey = new Map(principals.map((principal) => [principal.accessKeyId, principal]));
  const denials: Asked[] = [];

  return {
    operator,
    principal: (name) => present(byKey.get(accessKeyOf(name)), `${name} is a function or a schedule`),
    byAccessKey: (id) => byKey.get(id),
    refused: async (by, asks) => {
      if (by === operator) return undefined;
      for (const ask of asks) {
        const asked = { by, ...ask };
        if (await authorize(asked)) continue;
        denials.push(asked);
        return asked;
      }
      return undefined;
    },
    denials: () => denials,
  };
};

const accessKeyOf = (name: string): string => `LOCAL${name}`;

const principalOf = (name: string, role: string, statements: Principal['statements']): Principal => ({
  name,
  accessKeyId: accessKeyOf(name),
  secretAccessKey: `secret of ${name}`,
  role,
  statements,
});

const ofRole = (deployment: Deployment, name: string, roleArn: string, service: string): Principal => {
  const role = deployment.by('AWS::IAM::Role', 'Arn', roleArn);
  const mayAssume = role.properties.AssumeRolePolicyDocument.Statement.some(
    ({ Effect, Principal }) =>
      Effect === 'Allow' && (Principal as { Service?: unknown } | undefined)?.Service === service,
  );
  if (!mayAssume) throw new Error(`${role.id} does not trust ${service}, which would run ${name} with it`);
  const policies = deployment
    .all('AWS::IAM::ManagedPolicy')
    .filter(({ properties }) => properties.Roles.includes(role.attributes['Ref'] ?? ''));
  return principalOf(
    name,
    roleArn,
    policies.flatMap(({ properties }) => properties.PolicyDocument.Statement),
  );
};
