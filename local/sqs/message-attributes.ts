/**
 * The typed attributes that travel beside a message's body: their shape, their size, the checksum by which the SDK's
 * user can tell that they arrived whole, and the selection a consumer asks for.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';

/** `Binary` values are base64 text in the JSON protocol and count, and are hashed, as the bytes they stand for. */
const messageAttribute = z.union([
  z.strictObject({ DataType: z.string().regex(/^(String|Number)(\..+)?$/), StringValue: z.string().min(1) }),
  z.strictObject({ DataType: z.string().regex(/^Binary(\..+)?$/), BinaryValue: z.base64().min(1) }),
]);

export const messageAttributes = z
  .record(z.string().regex(/^(?!aws\.|amazon\.|\.)[\w.-]{1,256}$/i, 'Invalid message attribute name'), messageAttribute)
  .refine((attributes) => Object.keys(attributes).length <= 10, 'A message has at most 10 attributes');

export type MessageAttribute = z.infer<typeof messageAttribute>;
export type MessageAttributes = z.infer<typeof messageAttributes>;

const stringValue = 1;
const binaryValue = 2;

const valueBytes = (attribute: MessageAttribute): Buffer =>
  'BinaryValue' in attribute ? Buffer.from(attribute.BinaryValue, 'base64') : Buffer.from(attribute.StringValue);

/** What the attributes add to a message's size: names, types and values. */
export const attributesBytes = (attributes: MessageAttributes): number =>
  Object.entries(attributes)
    .map(([name, attribute]) => Buffer.byteLength(name + attribute.DataType) + valueBytes(attribute).length)
    .reduce((total, bytes) => total + bytes, 0);

export const bodyChecksum = (body: string): string => createHash('md5').update(body).digest('hex');

/**
 * MD5 over the attributes sorted by name: length and bytes of the name, of the type, one byte for the kind of value,
 * length and bytes of the value; lengths are four bytes, big-endian. Undefined where there are no attributes.
 */
export function attributesChecksum(attributes: MessageAttributes): string | undefined {
  const entries = Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1));
  if (entries.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const [name, attribute] of entries) {
    add(Buffer.from(name));
    add(Buffer.from(attribute.DataType));
    hash.update(Buffer.of('BinaryValue' in attribute ? binaryValue : stringValue));
    add(valueBytes(attribute));
  }
  return hash.digest('hex');
}

/** The attributes a consumer named: `All` or `.*` for every one, `prefix.*` for those that begin so. */
export function selectAttributes(attributes: MessageAttributes, wanted: readonly string[]): MessageAttributes {
  const isWanted = (name: string): boolean =>
    wanted.some(
      (want) => want === 'All' || want === name || (want.endsWith('.*') && name.startsWith(want.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}
