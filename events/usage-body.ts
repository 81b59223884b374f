/**
 * The body of a usage request as text: its content type names the form, its encoding
 * may be gzip, and no more of it is ever inflated or held than a request may have.
 */
import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import { gunzip } from 'node:zlib';
import { type Refusal, refuse } from '#domain/refusal.ts';

/** Bytes of a body, before and after gunzip. */
export const mostBodyBytes = 4 * 1024 * 1024;

/** one: a CloudEvent. batch: a JSON array of them. either: told by how it begins. lines: NDJSON. */
export type BodyForm = 'one' | 'batch' | 'either' | 'lines';

const forms: Readonly<Record<string, BodyForm>> = {
  'application/cloudevents+json': 'one',
  'application/cloudevents-batch+json': 'batch',
  'application/json': 'either',
  'application/x-ndjson': 'lines',
  'application/ndjson': 'lines',
};

export type BodyRefusal = Refusal<
  'unsupported_media_type' | 'unsupported_encoding' | 'body_too_large' | 'malformed_gzip' | 'malformed_text'
>;

export interface UsageBody {
  readonly form: BodyForm;
  readonly text: string;
  readonly isAscii: boolean;
}

export interface RawBody {
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly body: Uint8Array;
}

export const readUsageBody = async ({
  contentType,
  contentEncoding,
  body,
}: RawBody): Promise<UsageBody | BodyRefusal> => {
  const form = formOf(contentType ?? '');
  if (form === undefined) {
    return refuse('unsupported_media_type', `Send UTF-8 as one of ${Object.keys(forms).join(', ')}.`);
  }
  if (body.length > mostBodyBytes) return tooLarge;
  const encoding = (contentEncoding ?? 'identity').trim().toLowerCase();
  if (encoding !== 'gzip' && encoding !== 'identity') {
    return refuse('unsupported_encoding', 'Send the body as it is or with content-encoding gzip.');
  }
  const plain = encoding === 'gzip' ? await inflated(body) : body;
  if ('refused' in plain) return plain;
  if (encoding === 'identity' && isGzip(plain))
    return refuse('malformed_text', 'The body is gzip and does not say so. Set content-encoding: gzip.');
  const allAscii = isAscii(plain);
  if (!allAscii && !isUtf8(plain)) return refuse('malformed_text', 'The body is not UTF-8.');
  const text = Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString(allAscii ? 'latin1' : 'utf8');
  // Some clients begin with a byte order mark, which is not JSON.
  return { form, text: text.startsWith('\uFEFF') ? text.slice(1) : text, isAscii: allAscii };
};

const tooLarge = refuse('body_too_large', 'A request has at most 4 MB, before and after gunzip. Send several.');

const formOf = (contentType: string): BodyForm | undefined => {
  const [type = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  const isUtf8Named = charset === undefined || ['utf-8', '"utf-8"', 'utf8'].includes(charset);
  return isUtf8Named && Object.hasOwn(forms, type) ? forms[type] : undefined;
};

/** By its magic number (RFC 1952), which no UTF-8 text begins with. */
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Stops at the limit, however much a few bytes claim to be. */
const inflated = (body: Uint8Array): Promise<Uint8Array | BodyRefusal> =>
  new Promise((resolve) => {
    gunzip(body, { maxOutputLength: mostBodyBytes }, (error, plain) => {
      if (error === null) resolve(plain);
      else if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') resolve(tooLarge);
      else resolve(refuse('malformed_gzip', 'The body is not gzip, though its content-encoding says so.'));
    });
  });
