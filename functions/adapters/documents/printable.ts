/**
 * A text as the font can print it. A character that the font lacks is shown as � and
 * reported, because a name that quietly loses its letters looks like another name.
 */

export interface Printable {
  readonly text: string;
  /** The characters that had to be replaced, in the order they came. */
  readonly missing: readonly string[];
}

const replacement = '\uFFFD';
/** Joiners, selectors and the like: without ink of their own, so nothing is lost with them. */
const inkless = /\p{Default_Ignorable_Code_Point}/u;

export const printable = (text: string, hasGlyph: (codePoint: number) => boolean): Printable => {
  const missing: string[] = [];
  const printed = Array.from(text, (character) => {
    if (hasGlyph(character.codePointAt(0) ?? 0)) return character;
    if (inkless.test(character)) return '';
    missing.push(character);
    return replacement;
  });
  return { text: printed.join(''), missing };
};

/** `U+5C71` */
export const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
