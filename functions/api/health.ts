/** Whether the API answers at all, for whoever watches from outside. It reads nothing. */
import { healthView } from '#events/api/operations.ts';
import { operation } from './operation.ts';

export const readHealth = operation({
  answers: healthView,
  successes: [200],
  handle: async () => ({ status: 200, body: { ok: true as const } }),
});
