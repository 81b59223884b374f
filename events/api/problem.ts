/** A problem of RFC 9457, as every answer of 4xx and 5xx is one. */
import * as z from 'zod';

export const problemView = z
  .strictObject({
    type: z.string().meta({ example: 'urn:countinghouse:problem:unknown_meter' }),
    title: z.string().meta({ example: 'unknown meter' }),
    status: z.int().meta({ example: 422 }),
    code: z.string().meta({ description: 'Stable, for programs to switch on.', example: 'unknown_meter' }),
    detail: z.string().meta({ description: 'A sentence for a person.', example: 'There is no meter under this key.' }),
    pointer: z
      .string()
      .optional()
      .meta({ description: 'RFC 6901: where in the request it is.', example: '/prices/0/meter' }),
    parameter: z
      .string()
      .optional()
      .meta({ description: 'The query parameter it is about, where it is about one.', example: 'customer' }),
  })
  .meta({ id: 'Problem' });
