/**
 * Whether a text is one mail address and nothing more: no list, no display name, no
 * comment, no break. Whether anybody reads mail there only sending tells.
 */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s\p{C}@<>()[\],;:"\\]+@[^\s\p{C}@<>()[\],;:"\\]+$/u.test(text);
