/** Examples of Stripe's request encoding. */
import { describe, expect, it } from 'vitest';
import { parseForm } from './form.ts';

describe('a form', () => {
  it('becomes a tree, lists by index or by order', () => {
    expect(parseForm('a=1&b[c]=x%20y&items[0][price]=2&items[1][price]=3&types[]=card&types[]=sepa')).toEqual({
      a: '1',
      b: { c: 'x y' },
      items: { 0: { price: '2' }, 1: { price: '3' } },
      types: { 0: 'card', 1: 'sepa' },
    });
  });

  it('knows no special name', () => {
    const form = parseForm('__proto__[polluted]=1&metadata[constructor]=2');
    expect(Object.keys(form)).toEqual(['__proto__', 'metadata']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each(['a=1&a=2', 'a=1&a[b]=2', 'a[b=1', 'a]b[=1'])('refuses %s', (text) => {
    expect(() => parseForm(text)).toThrow();
  });
});
