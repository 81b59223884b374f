/** The looks of the documentation page. Its hash is in the page's content security policy, which allows no other. */
import type { Html } from './html.ts';

export const style: Html = {
  text: `
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
`,
};
