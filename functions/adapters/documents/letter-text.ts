/** A letter as plain text, for those who read mail so, and for those who read the source. */
import { unreachable } from '#domain/assert.ts';
import { billText } from '#domain/invoicing/bill-text.ts';
import type { Block, LetterContent } from './letter-content.ts';

export const letterText = ({ heading, blocks, from }: LetterContent): string =>
  [heading, ...blocks.map(blockText), ['-- ', ...from].join('\n')].join('\n\n') + '\n';

const blockText = (block: Block): string => {
  switch (block.block) {
    case 'paragraph':
      return block.text;
    case 'bill':
      return billText(block.invoice, block.body);
    case 'button':
      return `${block.text}:\n${block.url}`;
    default:
      return unreachable(block);
  }
};
