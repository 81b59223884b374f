/**
 * HTML that cannot be injected into: whatever a template is given is escaped, unless
 * it is itself a piece made by this template. There is no way to say "trust this text".
 */
const made = Symbol('made by markup``');

export interface Markup {
  readonly [made]: string;
}

/** A text, a piece of HTML, or a list of pieces one after the other. */
type Slot = string | Markup | readonly Markup[];

export const markup = (parts: TemplateStringsArray, ...slots: readonly Slot[]): Markup => ({
  [made]: parts.map((part, i) => (i === 0 ? part : `${rendered(slots[i - 1] ?? '')}${part}`)).join(''),
});

export const markupText = (piece: Markup): string => piece[made];

const rendered = (slot: Slot): string => {
  if (typeof slot === 'string') return escaped(slot);
  return made in slot ? slot[made] : slot.map(markupText).join('');
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

const escaped = (text: string): string => text.replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
