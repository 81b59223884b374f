/** What `POST /v1/events` answers, for the documentation; the door itself is a step of the flow. */
import * as z from 'zod';

export const usageAnswerView = z
  .strictObject({
    accepted: z.int().meta({ description: 'Stored, and durable.', example: 998 }),
    duplicates: z.int().meta({ description: 'Repeats within the request.', example: 1 }),
    rejected: z.array(
      z.strictObject({
        index: z.int().meta({ description: 'Which event of the request, from 0.', example: 17 }),
        id: z.string().nullable().meta({ example: 'evt-18' }),
        code: z.string().meta({ example: 'time_out_of_window' }),
        message: z
          .string()
          .meta({ example: 'An event is at most 35 days old and at most 5 minutes ahead when it arrives.' }),
        pointer: z.string().meta({ example: '/17/time' }),
      }),
    ),
  })
  .meta({ id: 'UsageAnswer' });
