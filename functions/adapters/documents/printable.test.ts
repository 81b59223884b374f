/** What a font lacks is shown as lacking, never left out. */
import { expect, it } from 'vitest';
import { codePointName, printable } from './printable.ts';

const onlyAscii = (codePoint: number) => codePoint < 128;

it.each([
  ['Ada', 'Ada', []],
  ['A山d', 'A�d', ['山']],
  // One emoji outside the basic plane is one character.
  ['😀!', '�!', ['😀']],
  // A joiner has no ink: nothing is lost with it.
  ['a\u200Db\uFE0F', 'ab', []],
])('%j is printed %j', (text, printed, missing) => {
  expect(printable(text, onlyAscii)).toEqual({ text: printed, missing });
});

it('names a character by its code point', () => {
  expect(['é', '山', '😀'].map(codePointName)).toEqual(['U+00E9', 'U+5C71', 'U+1F600']);
});
