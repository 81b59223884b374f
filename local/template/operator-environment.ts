/**
 * The environment of whoever operates a deployment: everything any of its functions is
 * given, and what the secrets hold. The first API key is made with it, and reports read
 * with it; no function is given it.
 */
import type { LaneName } from '#functions/lanes.ts';
import type { Deployment } from './deployment.ts';
import { credentialsOf, type Endpoints } from './function-environment.ts';
import type { Principal } from './iam.ts';

export const operatorEnvironment = (
  deployment: Deployment,
  operator: Principal,
  endpoints: Endpoints,
  secrets: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const given = deployment
    .all('AWS::Lambda::Function')
    .map(({ properties }) => properties.Environment?.Variables ?? {});
  const laneUrls = given.map(({ LANE_URLS = '{}' }) => JSON.parse(LANE_URLS) as Partial<Record<LaneName, string>>);
  return {
    ...(Object.assign({}, ...given) as Record<string, string>),
    LANE_URLS: JSON.stringify(Object.assign({}, ...laneUrls)),
    ...secrets,
    ...credentialsOf(operator),
    ...endpoints,
  };
};
