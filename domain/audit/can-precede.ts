/**
 * Two instants of one history may have been read from the clocks of two machines, which
 * are held to be within two minutes of each other (the nightly run waits as long for
 * usage on its way). What came first is secured by conditions and versions, not by
 * instants; the audit calls an order wrong only where no two such clocks explain it.
 */
import { addMinutes, type Instant } from '../time/instant.ts';

const clocksApartMinutes = 2;

/** Whether the first can have happened no later than the second. */
export const canPrecede = (first: Instant, second: Instant): boolean => first <= addMinutes(second, clocksApartMinutes);
