/** Lists: `limit` and an opaque `cursor` going in, `data` and `nextCursor` coming out. */
import * as z from 'zod';

export const pageQuery = {
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, 'A limit is a whole number from 1 to 100.')
    .transform(Number)
    .optional()
    .meta({ description: 'How many, 1 to 100; 20 unless said.', example: '20' }),
  cursor: z
    .string()
    .max(2_000)
    .optional()
    .meta({ description: 'The nextCursor of the page before, with the same query.' }),
};

/** What a list takes that has nothing to filter by. */
export const pageOnly = z.strictObject(pageQuery);

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    data: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'Null on the last page.' }),
  });
