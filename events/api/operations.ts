/** What keeps the system going, as the API shows it: API keys, the test clock, health. */
import * as z from 'zod';
import { instantText, label } from './texts.ts';

const scope = z.enum(['usage:write', 'read', 'admin']).meta({ example: 'read' });

export const apiKeyBody = z
  .strictObject({
    name: label(120).meta({ example: 'metering gateway' }),
    scopes: z
      .array(scope)
      .min(1)
      .max(3)
      .refine((scopes) => new Set(scopes).size === scopes.length, 'Each scope is named once.'),
  })
  .meta({ id: 'ApiKeyRequest' });

const apiKeyShape = {
  id: z.string().meta({ example: '7f3h8a1x9c5d0mi4' }),
  name: z.string().meta({ example: 'metering gateway' }),
  scopes: z.array(scope),
  createdAt: instantText,
  revokedAt: instantText.nullable(),
};

export const apiKeyView = z.strictObject(apiKeyShape).meta({ id: 'ApiKey' });

export const newApiKeyView = z
  .strictObject({
    ...apiKeyShape,
    key: z.string().nullable().meta({
      description: 'Shown this once; a replay by Idempotency-Key answers null.',
      example: 'ch_live_7f3h8a1x9c5d0mi4_…',
    }),
  })
  .meta({ id: 'NewApiKey' });

export const testClockBody = z
  .strictObject({ advanceTo: instantText.meta({ description: 'Every schedule up to then is lived through.' }) })
  .meta({ id: 'TestClockRequest' });

export const testClockView = z
  .strictObject({
    now: instantText,
    schedulesRun: z.int().optional().meta({ description: 'How many schedules fell due on the way.', example: 31 }),
  })
  .meta({ id: 'TestClock' });

export const healthView = z.strictObject({ ok: z.literal(true) }).meta({ id: 'Health' });
