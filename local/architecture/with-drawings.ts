/** ARCHITECTURE.md with its drawn parts as the flow table has them now. */
import { present } from '#domain/assert.ts';
import { drawFlow, listSteps } from './draw-flow.ts';

export const withDrawings = (text: string): string =>
  between(between(text, 'picture', `\`\`\`mermaid\n${drawFlow()}\n\`\`\``), 'steps', listSteps());

const between = (text: string, mark: string, content: string): string => {
  const [begin, end] = [`<!-- ${mark}: drawn from functions/flow.ts by npm run draw -->`, `<!-- /${mark} -->`];
  const [before, rest] = text.split(begin);
  const after = present(rest?.split(end)[1], `ARCHITECTURE.md has the marks of the ${mark}`);
  return `${present(before, 'a split text has a first part')}${begin}\n\n${content}\n\n${end}${after}`;
};
