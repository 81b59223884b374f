/** Usage points: whose a subject is, and since when. */
import * as z from 'zod';
import { customerId, customerName, exactText, instantText } from './texts.ts';

export const subjectText = exactText.meta({ description: 'As usage events name it.', example: 'meter-4711' });

export const pointBody = z
  .strictObject({
    subject: subjectText,
    customer: customerName.nullable().meta({
      description: 'The customer’s id or external id; null gives the point back to suspense.',
      example: 'acme',
    }),
    from: instantText
      .optional()
      .meta({ description: 'From this event time on; now unless said. May lie in the past.' }),
  })
  .meta({ id: 'PointAssignment' });

export const pointView = z
  .strictObject({
    subject: z.string().meta({ example: 'meter-4711' }),
    customer: customerId.nullable().meta({ description: 'Whose it is now; null while in suspense.' }),
    assignments: z
      .array(
        z.strictObject({
          from: instantText,
          customer: customerId.nullable(),
          recordedAt: instantText.meta({ description: 'When we were told.' }),
        }),
      )
      .meta({ description: 'By event time, each up to the next.' }),
  })
  .meta({ id: 'Point' });
