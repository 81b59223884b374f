/**
 * The secrets of a deployment: those its templates have made by chance are made once and
 * kept, and those an operator puts in are put in. It speaks the one operation that
 * functions use and refuses every other by name.
 */
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Deployed } from './deployment.ts';

export interface SecretsDoor {
  readonly url: string;
  /** What all secrets hold together, for whoever operates the deployment. */
  values(): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface SecretsOptions {
  readonly file: string;
  readonly secrets: readonly Deployed<'AWS::SecretsManager::Secret'>[];
  /** What is put in where the template has a place for it. */
  readonly putIn: Readonly<Record<string, string>>;
}

/** The name a template gives to what is no secret yet. */
const toBeReplaced = 'TO_BE_REPLACED';

export const serveSecrets = async ({ file, secrets, putIn }: SecretsOptions): Promise<SecretsDoor> => {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>) : {};
  const held = new Map(
    secrets.map(({ attributes: { Ref: arn = '' }, properties: { GenerateSecretString } }) => [
      arn,
      kept[arn] ??
        (GenerateSecretString.GenerateStringKey === toBeReplaced
          ? JSON.stringify(putIn)
          : madeByChance(GenerateSecretString)),
    ]),
  );
  writeFileSync(`${file}.part`, JSON.stringify(Object.fromEntries(held), undefined, 2), { mode: 0o600 });
  renameSync(`${file}.part`, file);

  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const [status, answer] = answered(held, String(request.headers['x-amz-target']), body);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    values: () =>
      Object.assign({}, ...[...held.values()].map((each) => JSON.parse(each) as object)) as Record<string, string>,
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
};

const answered = (held: ReadonlyMap<string, string>, target: string, body: string): [number, object] => {
  if (target !== 'secretsmanager.GetSecretValue')
    return [400, { __type: 'UnknownOperationException', message: `${target} is not spoken here.` }];
  const { SecretId, ...more } = JSON.parse(body) as { readonly SecretId: string };
  if (Object.keys(more).length > 0)
    return [
      400,
      { __type: 'InvalidParameterException', message: `${Object.keys(more).join(', ')} is not understood here.` },
    ];
  const value = held.get(SecretId);
  return value === undefined
    ? [400, { __type: 'ResourceNotFoundException', message: `There is no secret ${SecretId}.` }]
    : [200, { ARN: SecretId, SecretString: value }];
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const madeByChance = ({
  SecretStringTemplate,
  GenerateStringKey,
  PasswordLength,
}: Deployed<'AWS::SecretsManager::Secret'>['properties']['GenerateSecretString']): string =>
  JSON.stringify({
    ...(JSON.parse(SecretStringTemplate) as object),
    [GenerateStringKey]: Array.from({ length: PasswordLength }, () => letters[randomInt(letters.length)]).join(''),
  });
