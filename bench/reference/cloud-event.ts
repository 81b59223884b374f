/** The usage event as the reference handlers check it: the zod schema that most people would write. */
import * as z from 'zod';

const cloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(128),
  source: z.string().min(1).max(128),
  type: z.string().min(1).max(128),
  subject: z.string().min(1).max(128),
  time: z.iso.datetime({ offset: true }),
  data: z.record(z.string(), z.string().max(256)),
});

export const cloudEvents = z.array(cloudEvent).min(1).max(1000);
export type CloudEvents = z.infer<typeof cloudEvents>;
