/**
 * What the names and texts of a usage event may be. The door holds events to it, and
 * meters are held to it too: one that asks for any other type, field or text would
 * never match an event.
 */

/** Counted in UTF-16 units, as JavaScript and most others count. */
export const usageLimits = { name: 128, fieldName: 64, value: 256, fields: 32 } as const;

export const typePattern = /^[A-Za-z0-9][A-Za-z0-9._:/-]*$/;

/** Assigning to these changes what an object is, in some language along the way. */
export const reservedNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a text may be a name: no control character and no half of a surrogate pair in it. */
export const isUsageText = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);
