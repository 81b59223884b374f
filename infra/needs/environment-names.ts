/**
 * Which settings and which secrets a function is given, by the ports it uses. The
 * names are those its world asks for (functions/runtime/openers); a test opens every
 * world with exactly these. A secret's value is never in the environment.
 */
import type { Port } from '#functions/ports.ts';
import type { FunctionNeeds } from './function-needs.ts';

export type SecretName = 'stripe' | 'payLinks' | 'apiKeys';
export type SettingName = 'USAGE_TABLE' | 'PUBLIC_URL' | 'MAIL_FROM';

const ofPort: Readonly<
  Record<Port, { readonly settings: readonly SettingName[]; readonly secrets: readonly SecretName[] }>
> = {
  books: { settings: [], secrets: [] },
  usageLog: { settings: ['USAGE_TABLE'], secrets: [] },
  payments: { settings: ['PUBLIC_URL'], secrets: ['stripe', 'payLinks'] },
  mail: { settings: [], secrets: [] },
  documents: { settings: ['PUBLIC_URL', 'MAIL_FROM'], secrets: ['payLinks'] },
  ids: { settings: [], secrets: [] },
};

export const settingsOf = ({ uses }: FunctionNeeds): readonly SettingName[] => [
  ...new Set(uses.flatMap((port) => ofPort[port].settings)),
];

export const secretsOf = ({ uses, checksApiKeys }: FunctionNeeds): readonly SecretName[] => [
  ...new Set([...uses.flatMap((port) => ofPort[port].secrets), ...(checksApiKeys ? (['apiKeys'] as const) : [])]),
];
