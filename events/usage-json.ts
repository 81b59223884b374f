/**
 * Reads JSON (RFC 8259) as money must: a key that stands twice is noticed, a number
 * that JavaScript would round is not let through, and what is malformed is said with
 * its place. JSON.parse hides the first two, and throws where a batch of lines wants
 * an answer a line.
 */
export interface JsonRead {
  /** Objects have no prototype. A number with a fraction, an exponent or too many digits is NaN. */
  readonly value: unknown;
  /** Just after the value. */
  readonly end: number;
  /** Whether an object in it names a key twice. */
  readonly repeatsKey: boolean;
}

export interface JsonFault {
  readonly malformed: string;
  /** In UTF-16 units from the beginning of the text. */
  readonly at: number;
}

/** Nothing we take in nests deeper than three; this bounds the stack and lets a stray object be refused by itself. */
export const deepestNesting = 100;

/** Reads the one value that begins at `from`, after blanks; what follows it is the caller's to judge. */
export const readJson = (text: string, from = 0): JsonRead | JsonFault => {
  const cursor: Cursor = { text, at: from, fault: undefined, repeatsKey: false };
  const value = readValue(cursor, 0);
  return cursor.fault === undefined
    ? { value, end: cursor.at, repeatsKey: cursor.repeatsKey }
    : { malformed: cursor.fault, at: cursor.at };
};

/** The next place that is no blank. */
export const skipBlanks = (text: string, from: number): number => {
  let at = from;
  for (let unit = text.charCodeAt(at); unit === 32 || unit === 10 || unit === 13 || unit === 9;)
    unit = text.charCodeAt(++at);
  return at;
};

interface Cursor {
  readonly text: string;
  at: number;
  fault: string | undefined;
  repeatsKey: boolean;
}

const fail = <Read>(cursor: Cursor, what: string): Read | undefined => {
  cursor.fault ??= what;
  return undefined;
};

const readValue = (cursor: Cursor, depth: number): unknown => {
  cursor.at = skipBlanks(cursor.text, cursor.at);
  const opening = cursor.text[cursor.at];
  if (opening === '"') return readString(cursor);
  if (opening === '{' || opening === '[') {
    if (depth === deepestNesting) return fail(cursor, `nested deeper than ${deepestNesting}`);
    cursor.at += 1;
    return opening === '{' ? readMembers(cursor, depth + 1) : readElements(cursor, depth + 1);
  }
  for (const [word, value] of words) {
    if (!cursor.text.startsWith(word, cursor.at)) continue;
    cursor.at += word.length;
    return value;
  }
  return readNumber(cursor);
};

const words = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

const readNumber = (cursor: Cursor): number | undefined => {
  number.lastIndex = cursor.at;
  const match = number.exec(cursor.text);
  if (match === null)
    return fail(cursor, cursor.at < cursor.text.length ? 'an unexpected character' : 'an unexpected end');
  cursor.at = number.lastIndex;
  const value = Number(match[0]);
  if (match[1] !== undefined || match[2] !== undefined || !Number.isSafeInteger(value)) return NaN;
  // −0 has no text of its own.
  return value === 0 ? 0 : value;
};

/** Moves past the mark, after blanks, and says whether it was there. */
const passes = (cursor: Cursor, mark: string): boolean => {
  cursor.at = skipBlanks(cursor.text, cursor.at);
  if (cursor.text[cursor.at] !== mark) return false;
  cursor.at += 1;
  return true;
};

const readElements = (cursor: Cursor, depth: number): unknown => {
  const elements: unknown[] = [];
  if (passes(cursor, ']')) return elements;
  do {
    elements.push(readValue(cursor, depth));
    if (cursor.fault !== undefined) return undefined;
  } while (passes(cursor, ','));
  return passes(cursor, ']') ? elements : fail(cursor, 'a , or ] is missing');
};

const readMembers = (cursor: Cursor, depth: number): unknown => {
  // Without a prototype, __proto__ is a key like any other, here to be seen and refused.
  const members = Object.create(null) as Record<string, unknown>;
  if (passes(cursor, '}')) return members;
  do {
    cursor.at = skipBlanks(cursor.text, cursor.at);
    if (cursor.text[cursor.at] !== '"') return fail(cursor, 'a key is missing');
    const key = readString(cursor);
    if (key === undefined || !passes(cursor, ':')) return fail(cursor, 'a : is missing');
    if (key in members) cursor.repeatsKey = true;
    members[key] = readValue(cursor, depth);
    if (cursor.fault !== undefined) return undefined;
  } while (passes(cursor, ','));
  return passes(cursor, '}') ? members : fail(cursor, 'a , or } is missing');
};

// The characters that end a run of ordinary ones: the quote, the backslash and what may not stand in a string.
const ordinary = /[^"\\\u0000-\u001f]*/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const hex4 = /^[0-9a-fA-F]{4}$/;

const readString = (cursor: Cursor): string | undefined => {
  const { text } = cursor;
  let value = '';
  for (cursor.at += 1; ;) {
    ordinary.lastIndex = cursor.at;
    value += ordinary.exec(text)?.[0] ?? '';
    cursor.at = ordinary.lastIndex;
    const mark = text[cursor.at];
    if (mark === '"') {
      cursor.at += 1;
      return value;
    }
    if (mark !== '\\') return fail(cursor, mark === undefined ? 'an unexpected end' : 'a control character in a text');
    const letter = text[cursor.at + 1] ?? '';
    const digits = text.slice(cursor.at + 2, cursor.at + 6);
    if (letter === 'u' && hex4.test(digits)) {
      value += String.fromCharCode(parseInt(digits, 16));
      cursor.at += 6;
    } else if (Object.hasOwn(escapes, letter)) {
      value += escapes[letter] ?? '';
      cursor.at += 2;
    } else return fail(cursor, 'an unknown escape');
  }
};
