/**
 * Creates a customer: who it is, what names it, its account, the claim of its external
 * id, and the two usage points that are its from the beginning, its id and its external
 * id. All in one transaction, so of two with one external id only one comes to be.
 */
import type { Address, Customer } from '#domain/catalog/customer.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { instant } from '#domain/time/instant.ts';
import { customerBody, customerView as schema } from '#events/api/customers.ts';
import { change, create, type Write } from '../../handle.ts';
import type { Books } from '../../ports.ts';
import { defaultBillingEntity } from '../billing-entities/default-billing-entity.ts';
import { operation } from '../operation.ts';
import type { ApiRefusal } from '../refusals.ts';
import { customerView, entityTag } from './customer-view.ts';

export const createCustomer = operation({
  body: customerBody,
  answers: schema,
  successes: [201],
  handle: async ({ body }, { books, ids, now }) => {
    const {
      externalId,
      name,
      email,
      address = {},
      currency,
      timezone,
      billingEntity = defaultBillingEntity.key,
      netTermsDays = 14,
      paymentMethod,
    } = body;
    if ((await books.get('reference', { kind: 'customer_external_id', value: externalId })) !== undefined) {
      return refuse('external_id_taken', 'Another customer has this external id.', '/externalId');
    }
    if ((await books.get('billingEntity', billingEntity)) === undefined) {
      return refuse('unknown_billing_entity', 'There is no billing entity under this key.', '/billingEntity');
    }
    const id = ids.next('cus');
    const point = await ownPoint(books, externalId, id, now);
    if (isRefusal(point)) return point;

    const payment: Customer['payment'] =
      paymentMethod === undefined ? { state: 'none' } : { state: 'given', paymentMethod };
    const customer: Customer = {
      id,
      externalId,
      currency,
      timezone,
      billingEntity,
      netTermsDays,
      payment,
      createdAt: now,
    };
    const person = { customer: id, name, email, address: address as Address };
    return {
      status: 201,
      body: customerView(customer, person),
      headers: { etag: entityTag(1, 1), location: `/v1/customers/${id}` },
      write: [
        create('customer', customer),
        create('person', person),
        create('account', { customer: id, currency, openItems: [], subscriptions: 0, usageSubscription: null }),
        create('reference', { kind: 'customer_external_id', value: externalId, names: id }),
        create('point', { subject: id, assignments: always(id, now) }),
        create('customerPoint', { customer: id, subject: id }),
        point,
        create('customerPoint', { customer: id, subject: externalId }),
      ],
      tell: paymentMethod === undefined ? [] : [{ name: 'payment_method.given', data: { customer: id } }],
    };
  },
});

const theBeginning = instant('1970-01-01T00:00:00.000Z');
const always = (customer: string, now: Instant) => [{ from: theBeginning, customer, recordedAt: now }];

/** Usage of the external id may have come before its customer; unless it was given to another, it is the customer's. */
const ownPoint = async (
  books: Books,
  subject: string,
  customer: string,
  now: Instant,
): Promise<Write<'point'> | ApiRefusal> => {
  const known = await books.get('point', subject);
  const owned = { subject, assignments: always(customer, now) };
  if (known === undefined) return create('point', owned);
  return known.value.assignments.some((assignment) => assignment.customer !== null)
    ? refuse('subject_taken', 'Usage of this subject belongs, or belonged, to another customer.', '/externalId')
    : change(known, owned);
};
