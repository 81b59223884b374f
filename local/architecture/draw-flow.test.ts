/** The picture in ARCHITECTURE.md is the flow table's, or this fails: run `npm run draw`. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withDrawings } from './with-drawings.ts';

it('ARCHITECTURE.md shows the flow as it is', () => {
  const text = readFileSync(new URL('../../ARCHITECTURE.md', import.meta.url), 'utf8');
  expect(withDrawings(text)).toBe(text);
});
