/** Every exhibit of the museum, room by room. */
import type { Exhibit } from './exhibit.ts';
import { arithmetic } from './rooms/arithmetic.ts';
import { calendar } from './rooms/calendar.ts';
import { chargedTwice } from './rooms/charged-twice.ts';
import { invoices } from './rooms/invoices.ts';
import { peopleAndDoors } from './rooms/people-and-doors.ts';
import { settlement } from './rooms/settlement.ts';
import { usage } from './rooms/usage.ts';

export const exhibits: readonly Exhibit[] = [
  ...chargedTwice,
  ...invoices,
  ...usage,
  ...calendar,
  ...arithmetic,
  ...settlement,
  ...peopleAndDoors,
];
