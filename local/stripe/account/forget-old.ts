/** What Stripe keeps for a while only: answers under idempotency keys for 24 hours, events for 30 days, of the shared clock. */
import { type Account, DAY } from './account.ts';

const ANSWERS_KEPT_FOR = DAY;
const EVENTS_KEPT_FOR = 30 * DAY;

export const forgetOld = (account: Account): void => {
  // Oldest first, so the first young one ends each search.
  for (const { id, at } of account.store.all('stored_answer')) {
    if (at + ANSWERS_KEPT_FOR > account.now()) break;
    account.store.remove('stored_answer', id);
  }
  for (const { id, created } of account.store.all('event')) {
    if (created * 1000 + EVENTS_KEPT_FOR > account.now()) break;
    account.store.remove('event', id);
  }
  account.store.commit();
};
