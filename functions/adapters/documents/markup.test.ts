/** No text gets out of the template it was put into. */
import { expect, it } from 'vitest';
import { markup, markupText } from './markup.ts';

it('escapes every text, in content and in attributes', () => {
  expect(markupText(markup`<a href="${`"><script>`}">${`<b>&'"\``}</a>`)).toBe(
    '<a href="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#39;&quot;&#96;</a>',
  );
});

it('keeps pieces of its own, one or many', () => {
  const items = ['a', '<'].map((text) => markup`<li>${text}</li>`);
  expect(markupText(markup`<ul>${items}</ul>${markup`<hr>`}`)).toBe('<ul><li>a</li><li>&lt;</li></ul><hr>');
});
