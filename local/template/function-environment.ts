/**
 * The environment of a function, whole: what its template gives, what Lambda adds, and
 * where the services are. Nothing of this process's own environment is in it, so a name
 * the template forgot is missing here too.
 */
import { region } from './addresses.ts';
import type { Deployed } from './deployment.ts';
import type { Principal } from './iam.ts';

/** Where AWS and Stripe are. */
export interface Endpoints {
  readonly AWS_ENDPOINT_URL_DYNAMODB: string;
  readonly AWS_ENDPOINT_URL_SQS: string;
  readonly AWS_ENDPOINT_URL_SES: string;
  readonly AWS_ENDPOINT_URL_SECRETS_MANAGER: string;
  readonly STRIPE_URL: string;
}

/** In whose name the SDK asks. */
export const credentialsOf = ({ accessKeyId, secretAccessKey }: Principal) => ({
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});

export const functionEnvironment = (
  { name, properties }: Deployed<'AWS::Lambda::Function'>,
  principal: Principal,
  endpoints: Endpoints,
): Readonly<Record<string, string>> => {
  const ofLambda = {
    ...credentialsOf(principal),
    AWS_DEFAULT_REGION: region,
    AWS_SESSION_TOKEN: `token of ${principal.name}`,
    AWS_EXECUTION_ENV: `AWS_Lambda_${properties.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: properties.LoggingConfig.LogGroup,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
  };
  const given = properties.Environment?.Variables ?? {};
  const reserved = Object.keys(given).filter((each) => Object.hasOwn(ofLambda, each) && each !== 'TZ');
  if (reserved.length > 0) throw new Error(`${name} may not be given ${reserved.join(', ')}: they are Lambda's`);
  return { ...ofLambda, ...endpoints, ...given };
};
