/** The looks of the documentation page, and their hash: the page's content security policy allows no other. */
import { createHash } from 'node:crypto';
import type { Html } from './html.ts';

const css = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 14rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem; box-sizing: border-box; border-right: 1px solid var(--line); display: flex; flex-direction: column; gap: .4rem; }
main { padding: 1rem 2rem 6rem; max-width: 60rem; }
h2 { border-bottom: 1px solid var(--line); padding-bottom: .3rem; margin-top: 3rem; }
article { margin: 2rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .5rem 0; }
caption { text-align: left; font-weight: 600; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--soft); }
td:first-child { white-space: nowrap; }
pre { background: var(--soft); padding: .8rem; overflow: auto; border-radius: 4px; }
.method { font-weight: 700; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; border-right: 0; } main { padding: 1rem; } }
`;

export const docsStyle = {
  /** Made here as one text, since the hash holds for every blank between the tags. */
  element: { text: `<style>${css}</style>` } satisfies Html,
  hash: createHash('sha256').update(css, 'utf8').digest('base64'),
};
