/**
 * A reading of the synthesised templates in which every reference is the address it
 * would have in one account and region.
 */
import type { Resource, Template } from '#infra/template.ts';
import type { Templates } from '#infra/unbundled-templates.ts';

export const region = 'eu-central-1';
export const account = '123456789012';

/** The logical name of the one resource of a type whose name begins so. */
export const named = ({ Resources }: Template, type: string, beginning: string): readonly [string, Resource] => {
  const found = Object.entries(Resources).filter(([name, { Type }]) => Type === type && name.startsWith(beginning));
  if (found.length !== 1) throw new Error(`${found.length} resources of ${type} begin with ${beginning}`);
  return found[0]!;
};

const arnOf: Readonly<Record<string, (name: string) => string>> = {
  'AWS::DynamoDB::Table': (name) => `arn:aws:dynamodb:${region}:${account}:table/${name}`,
  'AWS::SQS::Queue': (name) => `arn:aws:sqs:${region}:${account}:${name}`,
  'AWS::KMS::Key': (name) => `arn:aws:kms:${region}:${account}:key/${name}`,
  'AWS::SecretsManager::Secret': (name) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}`,
  'AWS::Logs::LogGroup': (name) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
  'AWS::IAM::Role': (name) => `arn:aws:iam::${account}:role/${name}`,
  'AWS::Lambda::Function': (name) => `arn:aws:lambda:${region}:${account}:function:${name}`,
};

/** A value of a template with its intrinsics worked out: names are logical names, addresses are made of them. */
export const resolved = ({ stateful, stateless }: Templates, value: unknown): unknown => {
  const all = { ...stateful.Resources, ...stateless.Resources };
  const exported =
    (stateful as { Outputs?: Record<string, { Value: unknown; Export: { Name: string } }> }).Outputs ?? {};
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const ref = (name: string): string => {
    const type = all[name]?.Type;
    if (type === 'AWS::SQS::Queue') return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
    return type === 'AWS::SecretsManager::Secret' ? arnOf[type]!(name) : (pseudo[name] ?? name);
  };
  const attribute = ([name = '', which]: readonly string[]): string => {
    const type = all[name]?.Type ?? '';
    if (which === 'ApiEndpoint') return `https://${name}.execute-api.${region}.amazonaws.com`;
    const arn = arnOf[type];
    if (which !== 'Arn' || arn === undefined) throw new Error(`no reading of ${which} of ${type}`);
    return arn(name);
  };
  const read = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(read);
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(node);
    const [key, inner] = entries[0] ?? [];
    if (entries.length === 1 && key === 'Ref') return ref(inner as string);
    if (entries.length === 1 && key === 'Fn::GetAtt') return attribute(inner as readonly string[]);
    if (entries.length === 1 && key === 'Fn::Join') {
      const [separator, parts] = inner as readonly [string, readonly unknown[]];
      return parts.map(read).join(separator);
    }
    if (entries.length === 1 && key === 'Fn::ImportValue') {
      const output = Object.values(exported).find(({ Export }) => Export.Name === inner);
      if (output === undefined) throw new Error(`nothing is exported as ${String(inner)}`);
      return read(output.Value);
    }
    return Object.fromEntries(entries.map(([name, each]) => [name, read(each)]));
  };
  return read(value);
};
