/** An error of the AWS SDK as what it is to us: an outage, tried again, or a bug in what we asked. */
import { Bug } from '#domain/assert.ts';
import { Outage } from '#domain/outage.ts';

const ours = new Set([
  'ValidationException',
  'SerializationException',
  'ResourceNotFoundException',
  'AccessDeniedException',
  'UnrecognizedClientException',
]);

export const asOutage = (doing: string, error: unknown): Error => {
  if (error instanceof Outage || error instanceof Bug) return error;
  const name = error instanceof Error ? error.name : 'unknown error';
  const message = error instanceof Error ? error.message : String(error);
  return ours.has(name)
    ? new Bug(`${doing}: ${name}: ${message}`)
    : new Outage(`${doing}: ${name}: ${message}`, { cause: error });
};
