/** Usage points: whose a subject's usage is, and since when. */
import * as z from 'zod';
import { isRefusal, refuse } from '#domain/refusal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { movableFrom } from '#domain/subscriptions/movable-from.ts';
import { assignPoint, mostAssignments, ownerAt } from '#domain/usage/assign-point.ts';
import type { Point } from '#domain/usage/point.ts';
import { pageOf, pageQuery } from '#events/api/page.ts';
import { pointBody, pointView, subjectText } from '#events/api/points.ts';
import { customerName } from '#events/api/texts.ts';
import { change, create } from '../handle.ts';
import type { Books } from '../ports.ts';
import { absent } from './absent.ts';
import { filterCustomer, namedCustomer } from './customers/find-customer.ts';
import { type ApiRequest, operation } from './operation.ts';
import { indexPage, pageOfAll } from './pages.ts';

/** Saying again what is said already changes nothing, so this POST is safe to repeat. */
export const assignSubject = operation({
  body: pointBody,
  answers: pointView,
  successes: [200],
  handle: async ({ body: { subject, customer: name, from } }, { books, now }) => {
    const owner = name === null ? null : await namedCustomer(books, name);
    if (isRefusal(owner)) return owner;
    const customer = owner?.value.id ?? null;
    if (subject.startsWith('cus_') && subject !== customer) {
      return refuse('subject_reserved', 'A customer’s id as a subject always means that customer.', '/subject');
    }
    const known = await books.get('point', subject);
    const before = known?.value ?? { subject, assignments: [] };
    const refused = await refuseTaking(books, before, { from: from ?? now, customer }, now);
    if (refused !== undefined) return refused;
    const point = assignPoint(before, { from: from ?? now, customer, recordedAt: now });
    if (point.assignments.length > mostAssignments) {
      return refuse('too_many_assignments', `A point has at most ${String(mostAssignments)} assignments.`, '/subject');
    }
    const answer = { status: 200, body: viewAt(point, now) } as const;
    if (point === before) return answer;
    return {
      ...answer,
      write: [
        known === undefined ? create('point', point) : change(known, point),
        ...(await mark(books, subject, customer)),
      ],
    };
  },
});

/** Usage that is on an owner's bill, or about to be, is not moved to another's. */
const refuseTaking = async (
  books: Books,
  point: Point,
  { from, customer }: { readonly from: Instant; readonly customer: string | null },
  now: Instant,
) => {
  const owner = ownerAt(point, from);
  if (owner === null || owner === customer) return undefined;
  const account = await books.get('account', owner);
  const id = account?.value.usageSubscription ?? null;
  const subscription = id === null ? undefined : await books.get('subscription', id);
  const movable = subscription === undefined ? undefined : movableFrom(subscription.value, now);
  if (movable === undefined || from >= movable) return undefined;
  return refuse(
    'period_ended',
    `Its usage before ${movable} is on the bill of ${owner}, or about to be: assign it from ${movable} on.`,
    '/from',
  );
};

/** That a customer owns, or once owned, the point is marked once. */
const mark = async (books: Books, subject: string, customer: string | null) => {
  if (customer === null || (await books.get('customerPoint', { customer, subject })) !== undefined) return [];
  return [create('customerPoint', { customer, subject })];
};

const pointsQuery = z.strictObject({
  ...pageQuery,
  customer: customerName.optional().meta({ description: 'Only points this customer owns or once owned.' }),
});

export const listPoints = operation({
  query: pointsQuery,
  answers: pageOf(pointView),
  successes: [200],
  handle: async (request, { books, now }) => {
    const page = await pageOfSubjects(request, books);
    if (isRefusal(page)) return page;
    const points = await books.getAll('point', page.subjects);
    return { status: 200, body: { data: points.map(({ value }) => viewAt(value, now)), nextCursor: page.nextCursor } };
  },
});

const pageOfSubjects = async (request: ApiRequest<object, z.infer<typeof pointsQuery>, undefined>, books: Books) => {
  const customer = await filterCustomer(books, request.query.customer);
  if (isRefusal(customer)) return customer;
  if (customer === undefined) {
    const page = await indexPage(books, 'point', request);
    return isRefusal(page) ? page : { subjects: page.sorts, nextCursor: page.nextCursor };
  }
  const owned = (await books.list(['customerPoint'], { customer, subject: '' })).map(({ value }) => value.subject);
  const page = pageOfAll(owned, (subject) => subject, request);
  return isRefusal(page) ? page : { subjects: page.page, nextCursor: page.nextCursor };
};

export const readPoint = operation({
  params: z.strictObject({ subject: subjectText }),
  answers: pointView,
  successes: [200],
  handle: async ({ params }, { books, now }) => {
    const point = await books.get('point', params.subject);
    return point === undefined ? absent : { status: 200, body: viewAt(point.value, now) };
  },
});

const viewAt = (point: Point, now: Instant): z.input<typeof pointView> => ({
  subject: point.subject,
  customer: ownerAt(point, now),
  assignments: [...point.assignments],
});
