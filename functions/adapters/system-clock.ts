/** The clock of a live deployment. */
import { instantAt } from '#domain/time/instant.ts';

export const systemClock = { now: () => instantAt(Date.now()) };
