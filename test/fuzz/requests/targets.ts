/**
 * Every address there is: all rows of the API's route table, all doors of the flow and
 * the pages of the documentation. A door that is not described here stops the fuzz.
 */
import * as z from 'zod';
import { present } from '#domain/assert.ts';
import { usageAnswerView } from '#events/api/usage.ts';
import { stripeWebhook } from '#events/stripe.ts';
import { usageEventSchema } from '#events/usage.ts';
import { routes } from '#functions/api/routes.ts';
import type { Trigger } from '#functions/flow-row.ts';
import { flow, stepNames } from '#functions/flow.ts';
import type { Chance } from '#test/simulation/engine/chance.ts';
import type { Target } from './target.ts';

const payPage = { params: z.strictObject({ token: z.string().min(1).max(200) }), answers: 'text/html' } as const;

const doorsTake: Readonly<Record<string, Pick<Target, 'params' | 'body' | 'successes' | 'answers'>>> = {
  'POST /v1/events': {
    body: z.array(usageEventSchema).min(1).max(5),
    successes: [202],
    answers: usageAnswerView,
  },
  'POST /webhooks/stripe': {
    body: stripeWebhook,
    successes: [200],
    answers: z.strictObject({ received: z.literal(true) }),
  },
  'GET /pay/{token}': { ...payPage, successes: [200] },
  'POST /pay/{token}': { ...payPage, successes: [200, 303, 307] },
};

const ofRoutes = routes.map(({ method, path, scope, operation }): Target => {
  const { params, query, body, successes, answers } = operation;
  return { name: `${method} ${path}`, method, template: path, scope, params, query, body, successes, answers };
});

const ofDoors = stepNames.flatMap((step) =>
  (flow[step].on as readonly Trigger[]).flatMap((trigger): Target[] => {
    if (trigger.on !== 'http') return [];
    const { method, path, scope = 'open' } = trigger;
    const name = `${method} ${path}`;
    const door = present(doorsTake[name], `the fuzz knows what the door ${name} takes`);
    return [{ name, method, template: path, lane: flow[step].lane, scope, ...door }];
  }),
);

const page = (template: string, answers: Target['answers']): Target => ({
  name: `GET ${template}`,
  method: 'GET',
  template,
  scope: 'open',
  successes: [200],
  answers,
});

export const targets: readonly Target[] = [
  ...ofRoutes,
  ...ofDoors,
  page('/docs', 'text/html'),
  page('/openapi.json', z.looseObject({ openapi: z.string() })),
];

/** Restored books change what all else may do, so they have lives of their own; in others they are never closed. */
export type Books = 'open' | 'restored';

/** What takes a body has most that can be wrong; a PDF takes a tenth of a second to make. */
const weightOf = ({ body, answers, method, template, name }: Target, books: Books): number => {
  if (template.startsWith('/v1/restore'))
    return name === 'POST /v1/restore' ? (books === 'restored' ? 1 : 0) : books === 'restored' ? 5 : 1;
  return answers === 'application/pdf' ? 0.1 : body !== undefined ? 5 : method === 'GET' ? 1 : 2;
};

export const drawTarget = (books: Books, random: Chance): Target => {
  const weights = targets.map((target) => weightOf(target, books));
  let at = random() * weights.reduce((sum, weight) => sum + weight, 0);
  return present(
    targets.find((_, i) => (at -= weights[i] ?? 0) < 0),
    'an address is drawn',
  );
};
