/** `npm run draw`: puts the picture and the table of the flow into ARCHITECTURE.md, between their marks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withDrawings } from './with-drawings.ts';

const file = new URL('../../ARCHITECTURE.md', import.meta.url);
writeFileSync(file, withDrawings(readFileSync(file, 'utf8')));
