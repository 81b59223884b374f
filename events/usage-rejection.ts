/**
 * Why a usage event was not taken in. The code is stable, for programs; the message
 * says to a person what would be right and never repeats what was sent, which may be
 * long, hostile or secret; the pointer (RFC 6901) says where in the request it stands.
 */
export const rejectionMessages = {
  malformed_json: 'This line is not JSON.',
  not_an_object: 'An event is a JSON object.',
  repeated_key: 'A key stands twice in this event, and which of its values was meant cannot be told.',
  reserved_name: 'This name is reserved.',
  missing_attribute: 'This attribute is missing.',
  unknown_attribute: 'This is no attribute of a usage event; what was measured belongs into data.',
  invalid_text:
    'A text of 1 to 128 characters is wanted here, without control characters or halves of surrogate pairs.',
  invalid_type: 'A type is letters, digits and . _ : / - and begins with a letter or digit.',
  unsupported_version: 'The specversion of CloudEvents is "1.0".',
  invalid_time: 'A time is RFC 3339, such as 2026-01-31T23:59:59Z.',
  time_out_of_window: 'An event is at most 35 days old and at most 5 minutes ahead when it arrives.',
  invalid_data: 'The data of an event is an object of fields.',
  too_many_fields: 'The data of an event has at most 32 fields.',
  invalid_field_name: 'The name of a field has 1 to 64 characters, none of them a control character.',
  unsupported_value: 'A field is a text, a boolean or a whole number; objects, arrays and null are not supported.',
  invalid_value: 'The text of a field has at most 256 characters and no halves of surrogate pairs.',
  quantity_not_a_decimal_string:
    'Send an exact decimal as text, such as "12.5"; a JSON number is only exact where it is whole.',
  quantity_out_of_range: 'A quantity is at most 10^15 on either side of zero and has at most 12 places.',
  conflicting_event: 'This request holds the same source and id with another body, so none of them was taken in.',
} as const;

export type RejectionCode = keyof typeof rejectionMessages;

export interface Rejection {
  /** Which event of the request, from 0; blank lines of NDJSON are not counted. */
  readonly index: number;
  /** The event's own id, where it has a valid one. */
  readonly id: string | null;
  readonly code: RejectionCode;
  readonly message: string;
  readonly pointer: string;
}

/** What is wrong with one event, and the names that lead to it from the event itself. */
export interface EventFault {
  readonly fault: RejectionCode;
  readonly path: readonly string[];
}

/** A longer name is not repeated: the pointer then leads to what holds it. */
const longestName = 64;

export const pointerTo = (path: readonly string[]): string => {
  const tooLong = path.findIndex((name) => name.length > longestName);
  return path
    .slice(0, tooLong < 0 ? path.length : tooLong)
    .map((name) => `/${name.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
};
