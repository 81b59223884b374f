/** HTML as a template: every value put in is escaped, unless it is HTML made here. */
export interface Html {
  readonly text: string;
}

export const html = (parts: TemplateStringsArray, ...values: readonly (string | Html)[]): Html => ({
  text: parts.map((part, i) => part + textOf(values[i] ?? '')).join(''),
});

export const join = <Item>(items: readonly Item[], htmlOf: (item: Item) => Html): Html => ({
  text: items.map((item) => htmlOf(item).text).join('\n'),
});

export const when = <Value>(value: Value | undefined, htmlOf: (value: Value) => Html): Html =>
  value === undefined ? { text: '' } : htmlOf(value);

const textOf = (value: string | Html): string => (typeof value === 'string' ? escaped(value) : value.text);

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
