/**
 * What differs from deployment to deployment, given as context (`cdk deploy -c
 * mailFrom=billing@example.com`): the address mails come from, the address customers
 * see, and who is written to by alarms.
 */
import type { App } from 'aws-cdk-lib';

export interface Deployment {
  /** Its domain is verified with SES. */
  readonly mailFrom: string;
  /** Where customers reach us, without a slash at the end; API Gateway's own address where absent. */
  readonly publicUrl: string | undefined;
  readonly alarmMail: string | undefined;
}

export const deploymentOf = (app: App): Deployment => {
  const named = (name: string): string | undefined => {
    const value: unknown = app.node.tryGetContext(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const mailFrom = named('mailFrom');
  if (mailFrom?.includes('@') !== true) throw new Error('the context names mailFrom, the address mails come from');
  return { mailFrom, publicUrl: named('publicUrl'), alarmMail: named('alarmMail') };
};
