/** `/v1/checkout/sessions`: pages on which a customer pays an amount (`payment`) or leaves a payment method (`setup`). */
import { type Account, DAY } from '../account/account.ts';
import { invalidParameter, invalidRequest } from '../api/errors.ts';
import { pageOf, paging } from '../api/list.ts';
import {
  clearable,
  integer,
  list,
  mergeMetadata,
  metadata,
  object,
  oneOf,
  type Params,
  range,
  required,
  text,
} from '../api/params.ts';
import { route } from '../api/route.ts';
import { checkChargeAmount, checkCurrency } from '../currencies.ts';
import { type CheckoutSession, newCheckoutSession } from '../objects/checkout-session.ts';
import { expireSession } from '../payments/checkout.ts';
import { compatibleTypes } from '../payments/make-intent.ts';
import { makeSetup } from '../payments/setup.ts';
import { allowedTypes, usage } from './intent-params.ts';

const HALF_HOUR = 1_800;

const lineItem = {
  quantity: integer,
  price_data: object({
    currency: text,
    unit_amount: integer,
    product_data: object({ name: text, description: text }),
  }),
};

const creating = {
  mode: oneOf('payment', 'setup'),
  line_items: list(object(lineItem)),
  currency: text,
  customer: text,
  customer_email: text,
  client_reference_id: text,
  success_url: text,
  cancel_url: text,
  expires_at: integer,
  allowed_payment_method_types: allowedTypes,
  payment_intent_data: object({ description: clearable, metadata, setup_future_usage: usage }),
  setup_intent_data: object({ description: clearable, metadata }),
  metadata,
};

/** What the page asks for: the sum of its lines, all of one currency. */
const amountOf = (items: readonly Params<typeof lineItem>[]): { amount: number; currency: string } => {
  const lines = items.map(({ quantity, price_data }, index) => {
    const at = `line_items[${index}]`;
    const price = required(price_data, `${at}[price_data]`);
    required(
      required(price.product_data, `${at}[price_data][product_data]`).name,
      `${at}[price_data][product_data][name]`,
    );
    const unit = required(price.unit_amount, `${at}[price_data][unit_amount]`);
    const count = required(quantity, `${at}[quantity]`);
    if (unit < 0 || count < 1) invalidParameter(`Invalid line item: ${count} × ${unit}`, at);
    return { amount: unit * count, currency: checkCurrency(required(price.currency, `${at}[price_data][currency]`)) };
  });
  const currency = required(lines[0], 'line_items').currency;
  if (lines.some((line) => line.currency !== currency))
    invalidRequest('All line items must have the same currency.', { param: 'line_items' });
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  return { amount: checkChargeAmount(amount, currency), currency };
};

const create = (account: Account, params: Params<typeof creating>): CheckoutSession => {
  const mode = required(params.mode, 'mode');
  const successUrl = required(params.success_url, 'success_url');
  const foreign = (
    mode === 'payment' ? ['setup_intent_data', 'currency'] : ['payment_intent_data', 'line_items']
  ) as (keyof typeof creating)[];
  for (const name of foreign)
    if (params[name] !== undefined) invalidParameter(`You cannot use \`${name}\` in \`${mode}\` mode.`, name);
  if (params.customer !== undefined && params.customer_email !== undefined)
    invalidParameter('You may only specify one of these parameters: customer, customer_email.', 'customer_email');
  const created = account.created();
  const expiresAt = params.expires_at ?? created + DAY / 1000;
  if (expiresAt < created + HALF_HOUR || expiresAt > created + DAY / 1000)
    invalidParameter(
      'The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.',
      'expires_at',
    );

  const asked = mode === 'payment' ? amountOf(required(params.line_items, 'line_items')) : undefined;
  const currency = asked?.currency ?? (params.currency === undefined ? null : checkCurrency(params.currency));
  const types = compatibleTypes(currency, params.allowed_payment_method_types);
  const customer = params.customer === undefined ? null : account.find('customer', params.customer, 'customer').id;
  const setup =
    mode === 'payment'
      ? undefined
      : makeSetup(account, {
          customer: customer ?? undefined,
          allowedTypes: types,
          description: params.setup_intent_data?.description,
          metadata: mergeMetadata({}, params.setup_intent_data?.metadata),
        });
  const id = account.mintId('cs_test');
  const session = newCheckoutSession({
    ...{ id, created, expiresAt, mode, currency, customer, successUrl },
    amount: asked?.amount ?? null,
    customerEmail: params.customer_email ?? null,
    clientReferenceId: params.client_reference_id ?? null,
    allowedTypes: params.allowed_payment_method_types ?? null,
    paymentMethodTypes: types,
    setupIntent: setup?.id ?? null,
    cancelUrl: params.cancel_url ?? null,
    url: `${account.publicUrl()}/c/pay/${id}`,
    metadata: mergeMetadata({}, params.metadata),
  });
  account.store.put('checkout.session', session);
  account.store.put('checkout_plan', {
    id,
    description: params.payment_intent_data?.description ?? null,
    metadata: mergeMetadata({}, params.payment_intent_data?.metadata),
    setupFutureUsage: params.payment_intent_data?.setup_future_usage ?? null,
    allowedTypes: types,
  });
  account.schedule(expiresAt * 1000 - account.now(), { name: 'expire_session', session: id });
  return session;
};

export const checkoutSessionRoutes = [
  route('POST', '/v1/checkout/sessions', creating, ({ account, params }) => create(account, params)),
  route(
    'GET',
    '/v1/checkout/sessions',
    { ...paging, customer: text, payment_intent: text, status: oneOf('open', 'complete', 'expired'), created: range },
    ({ account, path, params }) =>
      pageOf(
        account,
        'checkout.session',
        path,
        params,
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
          (params.status === undefined || row.status === params.status) &&
          (params.created?.(row.created) ?? true),
      ),
  ),
  route('GET', '/v1/checkout/sessions/:id', {}, ({ account, id }) => account.find('checkout.session', id)),
  route('POST', '/v1/checkout/sessions/:id/expire', {}, ({ account, id }) =>
    account.find('checkout.session', id).status === 'open'
      ? expireSession(account, id)
      : invalidRequest('Only Checkout Sessions with a status in ["open"] can be expired.'),
  ),
];
