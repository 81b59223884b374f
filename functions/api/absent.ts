/** What is not there, and what may not be seen, have one answer. */
import type { ApiRefusal } from './refusals.ts';

export const absent = { refused: 'not_found', because: 'There is nothing of this name.' } as const satisfies ApiRefusal;
