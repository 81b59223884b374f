/**
 * `expand[]=latest_charge.balance_transaction`: puts the object in the place of
 * its id, up to four levels deep, through lists by `data.`. A field that holds no
 * id of an object the double knows is refused, as at Stripe.
 */
import type { Account } from '../account/account.ts';
import type { ShownKind } from '../account/kinds.ts';
import { invalidParameter } from './errors.ts';
import type { Form } from './form.ts';
import { list, text } from './params.ts';
import { shown } from './shown.ts';

const KIND_OF: Readonly<Record<string, ShownKind>> = {
  balance_transaction: 'balance_transaction',
  charge: 'charge',
  customer: 'customer',
  default_payment_method: 'payment_method',
  failure_balance_transaction: 'balance_transaction',
  latest_charge: 'charge',
  payment_intent: 'payment_intent',
  payment_method: 'payment_method',
  setup_intent: 'setup_intent',
};

const kindOf = (field: string, id: string): ShownKind | undefined => {
  // The source of a balance transaction is told apart by its id.
  if (field !== 'source') return KIND_OF[field];
  return { ch: 'charge', re: 'refund', du: 'dispute', po: 'payout' }[id.split('_', 1)[0] ?? ''] as
    ShownKind | undefined;
};

const expandPath = (account: Account, within: unknown, path: readonly string[], whole: string): void => {
  const [field, ...deeper] = path;
  if (field === undefined) return;
  if (Array.isArray(within)) {
    for (const item of within) expandPath(account, item, path, whole);
    return;
  }
  const cannot = () => invalidParameter(`This property cannot be expanded (${whole}).`, 'expand');
  const holder = within as Record<string, unknown>;
  const held = holder[field];
  if (held === undefined) return cannot();
  if (held === null) return;
  if (typeof held === 'string') {
    const kind = kindOf(field, held);
    const row =
      kind &&
      (account.store.get(kind, held) ??
        (kind === 'customer' ? account.store.get('deleted_customer', held) : undefined));
    holder[field] = row === undefined ? cannot() : shown(account, row);
  }
  expandPath(account, holder[field], deeper, whole);
};

/** Takes `expand` out of the form: every operation accepts it. */
export const takeExpand = (form: Form): string[] => {
  const { expand } = form;
  delete form['expand'];
  return expand === undefined ? [] : list(text)(expand, 'expand');
};

export const expandAll = (account: Account, answer: object, paths: readonly string[]): void => {
  for (const path of paths) {
    const steps = path.split('.');
    if (steps.length - (steps[0] === 'data' ? 1 : 0) > 4)
      invalidParameter(`You cannot expand more than 4 levels of a property (${path}).`, 'expand');
    expandPath(account, answer, steps, path);
  }
};
