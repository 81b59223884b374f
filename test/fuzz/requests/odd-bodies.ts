/** Bodies that are off as bytes or as JSON, whatever they say: broken, doubled, endless, huge, packed, or in another alphabet. */
import { gzipSync } from 'node:zlib';
import { below, type Chance, pick } from '#test/simulation/engine/chance.ts';
import type { Asked } from './asked.ts';
import { askedOf, type Draft, type Sender } from './draft.ts';

export type Make = (draft: Draft, sender: Sender, random: Chance) => Asked | undefined;

const textOf = ({ body }: Draft): string => JSON.stringify(body ?? {});

const refusedAs = (draft: Draft, sender: Sender, text: string | Uint8Array): Asked =>
  askedOf(draft, sender, isDoor(draft) ? 'anything' : 'refused', Buffer.from(text as string));

/** A door reads its body by its own rules, or not at all. */
const isDoor = ({ target }: Draft): boolean => target.lane !== undefined;

const pieces = ['', '"', '\\', '{', ']', ',', '\\ud800', '\u0000', '1e999', '\ufeff', '//', "'", 'undefined'] as const;

/** Cut or put in somewhere: seldom JSON, and now and then still good. */
export const brokenJson: Make = (draft, sender, random) => {
  const text = textOf(draft);
  const at = below(random, text.length + 1);
  return askedOf(
    draft,
    sender,
    'anything',
    Buffer.from(text.slice(0, at) + pick(random, pieces) + text.slice(at + below(random, 4))),
  );
};

export const repeatedKey: Make = (draft, sender, random) => {
  const text = textOf(draft);
  const opens = [...text.matchAll(/\{(?=("(?:[^"\\]|\\.)*"):)/g)];
  const found = opens[below(random, opens.length)];
  if (found === undefined) return undefined;
  const at = found.index + 1;
  return refusedAs(
    draft,
    sender,
    `${text.slice(0, at)}${found[1] ?? ''}:${pick(random, ['null', '1', '"x"'])},${text.slice(at)}`,
  );
};

const deep = 10_000;

export const deepNesting: Make = (draft, sender, random) =>
  refusedAs(
    draft,
    sender,
    pick(random, [
      '['.repeat(deep),
      `${'['.repeat(deep)}${']'.repeat(deep)}`,
      `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
      textOf(draft).replace(/^\{/, `{"x":${'['.repeat(deep)}${']'.repeat(deep)},`),
    ]),
  );

/** In bytes, of a body to any route; usage may be longer. */
export const routeLimit = 128 * 1024;
const usageLimit = 4 * 1024 * 1024;
const tenMegabytes = 10 * 1024 * 1024;

/** Around the limits, filled up with blanks; a body within them is as good as it was. */
export const bigBody: Make = (draft, sender, random) => {
  const text = Buffer.from(textOf(draft));
  const isUsage = draft.target.name === 'POST /v1/events';
  const limit = isUsage && random() < 0.1 ? usageLimit : routeLimit;
  const size = random() < 0.02 ? tenMegabytes : limit + below(random, 3) - 1;
  if (size < text.length) return undefined;
  const body = Buffer.concat([text, Buffer.alloc(size - text.length, ' ')]);
  return askedOf(draft, sender, isDoor(draft) ? 'anything' : size > routeLimit ? 'refused' : 'taken', body);
};

const types = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/json; charset=utf-16',
  'application/json, text/plain',
  'application/jsonp',
  '',
  'x'.repeat(5_000),
  '../../etc/passwd',
] as const;

export const otherContentType: Make = (draft, sender, random) => {
  const headers = { ...draft.headers, 'content-type': pick(random, types) };
  return refusedAs({ ...draft, headers }, sender, textOf(draft));
};

/** Gzip that says so and gzip that does not; what unpacks to gigabytes is not unpacked. */
export const packed: Make = (draft, sender, random) => {
  const says = pick(random, ['gzip', undefined, 'br', 'deflate', 'gzip, gzip']);
  const content = random() < 0.03 ? Buffer.alloc(2 * tenMegabytes, ' ') : Buffer.from(textOf(draft));
  const bytes = random() < 0.2 ? content : gzipSync(content);
  if (says === undefined && bytes === content) return undefined;
  const headers = { ...draft.headers, ...(says === undefined ? {} : { 'content-encoding': says }) };
  return refusedAs({ ...draft, headers }, sender, bytes);
};

/** The event's flag says the contrary of what the bytes are. */
export const wrongFlag: Make = (draft, sender, random) => ({
  // An empty object called base64 is no byte at all, and that is what an address without a body takes.
  ...(draft.target.body === undefined ? askedOf(draft, sender, 'anything') : refusedAs(draft, sender, textOf(draft))),
  carried: pick(random, ['as base64 called text', 'as text called base64']),
});

export const otherEncoding: Make = (draft, sender, random) => {
  const text = textOf(draft);
  return refusedAs(
    draft,
    sender,
    pick(random, [
      Buffer.from(text, 'utf16le'),
      Buffer.concat([Buffer.from(text), Buffer.from([0xff])]),
      Buffer.concat([Buffer.from([0xc0, 0x80]), Buffer.from(text)]),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.alloc(1_000, 0),
    ]),
  );
};
