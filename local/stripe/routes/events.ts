/** `/v1/events`: what happened in the last 30 days; older events are forgotten, as at Stripe. */
import { invalidParameter } from '../api/errors.ts';
import { pageOf, paging } from '../api/list.ts';
import { list, range, text } from '../api/params.ts';
import { route } from '../api/route.ts';

/** `charge.*` takes in every event of charges. */
const named = (pattern: string, type: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;

export const eventRoutes = [
  route(
    'GET',
    '/v1/events',
    { ...paging, type: text, types: list(text), created: range },
    ({ account, path, params }) => {
      if (params.type !== undefined && params.types !== undefined)
        invalidParameter('You may only specify one of these parameters: type, types.', 'types');
      const wanted = params.types ?? (params.type === undefined ? undefined : [params.type]);
      return pageOf(
        account,
        'event',
        path,
        params,
        (row) =>
          (wanted?.some((pattern) => named(pattern, row.type)) ?? true) && (params.created?.(row.created) ?? true),
      );
    },
  ),
  route('GET', '/v1/events/:id', {}, ({ account, id }) => account.find('event', id)),
];
