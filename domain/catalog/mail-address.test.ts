/** One address, and what only looks like one. */
import { expect, it } from 'vitest';
import { isMailAddress } from './mail-address.ts';

it.each(['a@b', 'ada.lovelace+bills@mail.example', "o'neil@b.example", 'łucja@łódź.example'])(
  '%j is one address',
  (text) => {
    expect(isMailAddress(text)).toBe(true);
  },
);

it.each([
  '',
  'ada',
  '@b.example',
  'a@',
  'a@b@c',
  'a b@c.example',
  'a@b.example,c@d.example',
  'Ada <a@b.example>',
  'a@b.example\n',
  'a@b.example\r\nBcc: c@d',
  '"a"@b.example',
  `${'a'.repeat(250)}@b.example`,
])('%j is not one address', (text) => {
  expect(isMailAddress(text)).toBe(false);
});
