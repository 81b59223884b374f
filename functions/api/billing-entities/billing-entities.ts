/** Our own legal entities: who issues invoices, each with its own series of numbers. */
import type * as z from 'zod';
import type { BillingEntity } from '#domain/catalog/billing-entity.ts';
import { canonicalHash } from '#domain/canonical.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { billingEntityBody } from '#events/api/customers.ts';
import { pageOf, pageOnly } from '#events/api/page.ts';
import { create } from '../../handle.ts';
import { operation } from '../operation.ts';
import { pageOfAll } from '../pages.ts';

/** Created again just as it is, it is there already, and that is no error. */
export const createBillingEntity = operation({
  body: billingEntityBody,
  answers: billingEntityBody,
  successes: [201, 200],
  handle: async ({ body }, { books }) => {
    const known = await books.get('billingEntity', body.key);
    if (known === undefined) {
      const prefix = { kind: 'number_prefix', value: body.numberPrefix, names: body.key } as const;
      if ((await books.get('reference', prefix)) !== undefined) {
        return refuse('number_prefix_taken', 'Another billing entity numbers its invoices with this.', '/numberPrefix');
      }
      return { status: 201, body, write: [create('billingEntity', body), create('reference', prefix)] };
    }
    return canonicalHash(known.value) === canonicalHash(body)
      ? { status: 200, body }
      : refuse('billing_entity_exists', 'There is another billing entity under this key.', '/key');
  },
});

export const listBillingEntities = operation({
  query: pageOnly,
  answers: pageOf(billingEntityBody),
  successes: [200],
  handle: async (request, { books }) => {
    const all = (await books.list(['billingEntity'], '')).map(({ value }) => value);
    const paged = pageOfAll(all, ({ key }) => key, request);
    return isRefusal(paged)
      ? paged
      : { status: 200, body: { data: paged.page.map(view), nextCursor: paged.nextCursor } };
  },
});

const view = (entity: BillingEntity): z.input<typeof billingEntityBody> => ({
  ...entity,
  addressLines: [...entity.addressLines],
});
