/**
 * What happens by time alone: balances settle, bank debits end, payouts arrive,
 * pages expire, webhooks are sent and sent again. Nothing of it happens unless
 * someone runs what is due, so a moved clock can live every instant in between:
 * step it to `nextDueAt`, run, and again. One run at a time; each work and its
 * removal are one change set.
 */
import { assert, unreachable } from '#domain/assert.ts';
import type { Account } from './account/account.ts';
import type { DueWork, Work } from './account/kinds.ts';
import { settleDebit } from './payments/attempt.ts';
import { expireSession, settleSession } from './payments/checkout.ts';
import { openDispute } from './payments/dispute.ts';
import { settleBalance } from './payments/outcome.ts';
import { arrivePayout } from './payments/payout.ts';
import { settleRefund } from './payments/refund.ts';
import { deliverWebhook, type Webhook } from './webhooks/deliver.ts';

const perform = (account: Account, work: Exclude<Work, { name: 'deliver_webhook' }>): void => {
  switch (work.name) {
    case 'settle_balance': {
      const charge = account.find('charge', work.charge);
      settleBalance(account, charge);
      account.emit('charge.updated', charge);
      return;
    }
    case 'settle_debit':
      settleSession(account, settleDebit(account, work.charge));
      return;
    case 'settle_refund':
      settleRefund(account, work.refund, work.result);
      return;
    case 'open_dispute': {
      const { disputed, refunded } = account.find('charge', work.charge);
      // Refunded in the meantime: there is nothing left to dispute.
      if (!disputed && !refunded) openDispute(account, work.charge, work.reason);
      return;
    }
    case 'arrive_payout':
      arrivePayout(account, work.payout);
      return;
    case 'expire_session':
      expireSession(account, work.session);
      return;
    default:
      return unreachable(work);
  }
};

export interface DueWorks {
  /** Epoch milliseconds of the earliest, undefined where nothing waits. */
  nextDueAt(): number | undefined;
  /** Does all that is due by now, what follows from it included, and waits for its deliveries. */
  runDue(): Promise<void>;
  /** How many wait, due or not. */
  pending(): number;
}

export interface StoppableWorks extends DueWorks {
  /** Begins nothing more and waits for the delivery under way, if any. */
  stop(): Promise<void>;
}

export const openDueWorks = (account: Account, webhook: Webhook | undefined): StoppableWorks => {
  const waiting = (): Readonly<DueWork>[] => [...account.store.all('due_work')];

  const runOne = async (due: Readonly<DueWork>): Promise<void> => {
    if (due.work.name === 'deliver_webhook') {
      assert(webhook !== undefined, 'a delivery waits only where there is a webhook');
      return deliverWebhook(account, webhook, due, due.work);
    }
    try {
      account.store.remove('due_work', due.id);
      perform(account, due.work);
      account.store.commit();
    } catch (error) {
      account.store.discard();
      throw error;
    }
  };

  let stopped = false;
  const runAll = async (): Promise<void> => {
    for (;;) {
      const due = waiting().filter((work) => work.at <= account.now());
      if (due.length === 0) return;
      // Stable: what is due at the same instant keeps the order in which it was made.
      for (const work of due.sort((a, b) => a.at - b.at)) {
        if (stopped) return;
        await runOne(work);
      }
    }
  };

  let last: Promise<void> = Promise.resolve();
  return {
    nextDueAt: () => waiting().reduce<number | undefined>((least, { at }) => Math.min(least ?? at, at), undefined),
    runDue: () => {
      const run = last.then(runAll);
      last = run.catch(() => undefined);
      return run;
    },
    pending: () => waiting().length,
    stop: () => {
      stopped = true;
      return last;
    },
  };
};
