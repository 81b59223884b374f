/**
 * A request that its address takes: drawn from the schemas of the address, then made to
 * fit what is recorded, so that it names customers, plans and meters there are. Now and
 * then it names what there is not, which is refused for that and nothing else.
 */
import { addMs, instantAt } from '#domain/time/instant.ts';
import { below, type Chance, pick } from '#test/simulation/engine/chance.ts';
import { drawValue } from '../schema/draw-value.ts';
import type { Known } from '../world/known.ts';
import type { Draft } from './draft.ts';
import { fittingPrices, type Fields } from './fitting-prices.ts';
import { resourceOf, type Target } from './target.ts';

export const goodDraft = (target: Target, known: Known, random: Chance, nowMs: number): Draft => {
  const drawn = {
    target,
    params: named(target, known, random),
    query: asking(target, known, random),
    headers:
      target.method === 'POST' && random() < 0.3
        ? { 'idempotency-key': `key-${String(below(random, 1_000_000_000))}` }
        : {},
    body: target.body === undefined ? undefined : drawValue(target.body, random),
  };
  return { ...drawn, body: fitting(target, drawn.body, known, random, nowMs) };
};

/** What stands in the path: nearly always something there is. */
const named = (target: Target, { names }: Known, random: Chance): Draft['params'] => {
  if (target.params === undefined) return {};
  const params = drawValue(target.params, random) as Record<string, string>;
  const there = names.get(resourceOf(target)) ?? [];
  const name = /\{(\w+)\}/.exec(target.template)?.[1];
  if (name === undefined || there.length === 0 || random() < 0.05) return params;
  return { ...params, [name]: there[below(random, there.length)] ?? '' };
};

const asking = (target: Target, known: Known, random: Chance): Draft['query'] => {
  if (target.query === undefined) return {};
  const pages = known.pages.filter(({ of }) => of === target.name);
  if (pages.length > 0 && random() < 0.3) return pages[below(random, pages.length)]?.query ?? {};
  const drawn = drawValue(target.query, random) as Record<string, unknown>;
  const { cursor: _, ...rest } = Object.fromEntries(
    Object.entries(drawn).map(([name, value]) => [name, String(value)]),
  );
  if (rest['limit'] !== undefined) rest['limit'] = pick(random, ['1', '2', '20', '100']);
  return rest['customer'] === undefined ? rest : { ...rest, customer: customerName(known, random) };
};

const customerName = ({ names }: Known, random: Chance): string => {
  const there = names.get('customers') ?? [];
  return there[below(random, there.length)] ?? '';
};

/** A body of the schema, made to say what can be done. What is no such body goes through as it is. */
const fitting = (target: Target, body: unknown, known: Known, random: Chance, nowMs: number): unknown => {
  const fields = body as Fields;
  switch (target.name) {
    case 'POST /v1/plans':
    case 'POST /v1/plans/{key}/versions':
      return { ...fields, prices: fittingPrices(fields['prices'] as readonly Fields[], known, random) };
    case 'POST /v1/customers':
    case 'PATCH /v1/customers/{id}':
      return fittingCustomer(fields, target.method === 'PATCH', known, random);
    case 'POST /v1/points':
      return { ...fields, ...(fields['customer'] === null ? {} : { customer: customerName(known, random) }) };
    case 'POST /v1/subscriptions':
      return fittingSubscription(fields, known, random);
    case 'POST /v1/test-clock':
      return { advanceTo: addMs(instantAt(nowMs), below(random, 2_000)) };
    case 'POST /v1/events':
      return (body as readonly Fields[]).map((event) => fittingEvent(event, known, random, nowMs));
    case 'POST /webhooks/stripe':
      return fittingWebhook(fields, known, random);
    case 'POST /v1/restore':
      return { ...fields, restoredTo: addMs(instantAt(nowMs), -below(random, 86_400_000)) };
    case 'POST /v1/restore/fence':
      return { numbers: (fields['numbers'] as readonly unknown[]).map(() => documentNumber(random)) };
    case 'POST /v1/restore/mails':
      return {
        mails: (fields['mails'] as readonly Fields[]).map((mail) => fittingMail(mail, known, random, nowMs)),
      };
    default:
      return body;
  }
};

const documentNumber = (random: Chance): string => `CH-2026-${String(1 + below(random, 40)).padStart(6, '0')}`;

const fittingMail = (mail: Fields, { names }: Known, random: Chance, nowMs: number): Fields => {
  const invoices = names.get('invoices') ?? [];
  const invoice = invoices[below(random, invoices.length)];
  const sentAt = addMs(instantAt(nowMs), -below(random, 86_400_000));
  return { ...mail, number: documentNumber(random), sentAt, ...(random() < 0.3 ? {} : { invoice }) };
};

const cards = [
  'pm_card_visa',
  'pm_card_chargeCustomerFail',
  'pm_card_authenticationRequired',
  'pm_usBankAccount_success',
  'pm_nobody_has_this',
] as const;

const fittingCustomer = (body: Fields, isChange: boolean, { names }: Known, random: Chance): Fields => {
  const { billingEntity, paymentMethod, externalId, currency, timezone, ...rest } = body;
  const entities = ['default', ...(names.get('billing-entities') ?? [])];
  // Once subscribed they stand still, and an external id always does.
  const counted = isChange && random() < 0.8 ? {} : { currency, timezone };
  return {
    ...rest,
    ...(isChange
      ? {}
      : { externalId: `${String(externalId).slice(0, 110).toWellFormed()}-${String(below(random, 1_000_000))}` }),
    ...Object.fromEntries(Object.entries(counted).filter(([, value]) => value !== undefined)),
    ...(billingEntity === undefined ? {} : { billingEntity: entities[below(random, entities.length)] }),
    ...(paymentMethod === undefined ? {} : { paymentMethod: pick(random, cards) }),
  };
};

/** Mostly of somebody who has none yet, to a plan in their currency: that is the one that succeeds. */
const fittingSubscription = (body: Fields, { customers, plans, subscribed }: Known, random: Chance): Fields => {
  const { planVersion, ...rest } = body;
  const free = customers.filter(
    ({ id, currency }) => !subscribed.has(id) && plans.some((plan) => plan.currency === currency),
  );
  const from = free.length > 0 && random() < 0.9 ? free : customers;
  const customer = from[below(random, from.length)];
  const priced = plans.filter(({ currency }) => currency === customer?.currency);
  const plan = (priced.length > 0 ? priced : plans)[below(random, (priced.length > 0 ? priced : plans).length)];
  return {
    ...rest,
    customer: random() < 0.5 ? customer?.id : customer?.externalId,
    plan: plan?.key,
    ...(planVersion === undefined || random() < 0.7 ? {} : { planVersion: 1 + below(random, 2) }),
  };
};

const minuteMs = 60_000;
const oldestEventMinutes = 30 * 24 * 60;

const fittingEvent = (event: Fields, { meters, names }: Known, random: Chance, nowMs: number): Fields => {
  const meter = meters[below(random, meters.length)];
  const subjects = [...(names.get('customers') ?? []), ...(names.get('points') ?? [])];
  const minutes = random() < 0.5 ? below(random, 3_000) : below(random, oldestEventMinutes);
  const data = event['data'] as Fields | undefined;
  return {
    ...event,
    id: `${String(event['id']).slice(0, 100).toWellFormed()}-${String(below(random, 1_000_000_000))}`,
    time: instantAt(nowMs - minutes * minuteMs),
    ...(meter === undefined || random() < 0.05 ? {} : { type: meter.eventType }),
    ...(subjects.length === 0 || random() < 0.05 ? {} : { subject: subjects[below(random, subjects.length)] }),
    ...(meter?.field === undefined || random() < 0.05
      ? {}
      : { data: { ...data, [meter.field]: pick(random, ['1', '12.5', '0', '-3', '0.000000000001', '1000000']) } }),
  };
};

const news = ['payment_intent.succeeded', 'payment_intent.payment_failed', 'checkout.session.completed'] as const;

const fittingWebhook = (event: Fields, { payments }: Known, random: Chance): Fields => ({
  ...event,
  id: `evt_${String(below(random, 1_000_000_000))}`,
  type: random() < 0.7 ? pick(random, news) : event['type'],
  livemode: false,
  data:
    payments.length > 0 && random() < 0.8
      ? { object: { id: payments[below(random, payments.length)] } }
      : event['data'],
});
