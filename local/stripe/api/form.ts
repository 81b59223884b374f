/**
 * Stripe's request encoding: `a=1&b[c]=2&d[0][e]=3&f[]=4` becomes a tree of
 * texts. Objects have no prototype, so no name a stranger sends can be special,
 * and a name that is both a text and an object is refused.
 */
import { invalidParameter } from './errors.ts';

export type FormValue = string | Form;
export interface Form {
  [name: string]: FormValue;
}

const emptyForm = (): Form => Object.create(null) as Form;

/** `a[b][]` → `['a', 'b', '']` */
const pathOf = (name: string): string[] => {
  const head = name.split('[', 1)[0] ?? '';
  const rest = name.slice(head.length);
  if (!/^(\[[^[\]]*\])*$/.test(rest)) return invalidParameter(`Invalid parameter name: ${name}`, name);
  return [head, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? '')];
};

export const parseForm = (text: string): Form => {
  const form = emptyForm();
  for (const [name, value] of new URLSearchParams(text)) {
    const path = pathOf(name);
    let at = form;
    for (const [depth, step] of path.entries()) {
      const key = step === '' ? String(Object.keys(at).length) : step;
      if (depth === path.length - 1) {
        if (key in at) invalidParameter(`Parameter given twice: ${name}`, name);
        at[key] = value;
      } else {
        const inner = (at[key] ??= emptyForm());
        if (typeof inner === 'string') return invalidParameter(`Invalid object: ${name}`, name);
        at = inner;
      }
    }
  }
  return form;
};
