/**
 * The names a queue goes by: its plain name, its ARN and its URL. Only the name identifies a queue; the URL repeats the
 * origin under which the caller reached the endpoint, so stored URLs survive a restart on another port.
 */

const localRegion = 'us-east-1';
const localAccount = '000000000000';

export const arnOfQueue = (name: string): string => `arn:aws:sqs:${localRegion}:${localAccount}:${name}`;

export const urlOfQueue = (origin: string, name: string): string => `${origin}/${localAccount}/${name}`;

/** The queue's name in an ARN or a URL; the text as it stands when it is neither, so that a lookup finds nothing. */
export const nameInArn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
export const nameInUrl = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
