/** When every life of the fuzz begins, in milliseconds: noon of a day in a month with neighbours of both lengths. */
export const beginsAt = Date.UTC(2026, 2, 10, 12);
