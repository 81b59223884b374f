/**
 * Nobody owes without somebody asking: each bill that a card can pay is paid, or has a day
 * on which it is tried, or a payment under way that is still waited for, or was tried as
 * often as it is. Whoever has only ever named a card that works has paid.
 */
import type { Snapshot } from '#domain/audit/snapshot.ts';
import { must, type Violation } from '#domain/audit/violation.ts';
import type { Invoice } from '#domain/invoicing/invoice.ts';
import { notChargeable } from '#domain/payments/not-chargeable.ts';
import { utcDay } from '#domain/time/day.ts';
import { addDaysTo } from '#domain/time/instant.ts';
import type { Promises } from './outside/promises.ts';

export const checkMoney = (snapshot: Snapshot, told: Promises): readonly Violation[] =>
  snapshot.books.invoices
    .filter(({ status, total }) => status.state === 'final' && notChargeable(total) === undefined)
    .flatMap((invoice) => [...isAskedFor(invoice, snapshot), ...isNotOfAWorkingCard(invoice, snapshot, told)]);

/** Day of the bill, and 3, 5 and 7 days after a failure. */
const mostTries = 4;
const longestWaitDays = 2;

const isAskedFor = (
  { id, openAttempt, nextAttemptOn }: Invoice,
  { books, charges, takenAt }: Snapshot,
): readonly Violation[] => {
  const attempts = books.attempts.filter(({ invoice }) => invoice === id);
  const latest = addDaysTo(takenAt, -longestWaitDays);
  if (openAttempt !== null) {
    // A bank may take for ever; everything else of ours ends by itself.
    const isAtTheBank = charges.some(
      ({ status, pays }) => status === 'pending' && pays?.invoice === id && pays.attempt === openAttempt,
    );
    const isYoung = attempts.some(({ n, claimedAt }) => n === openAttempt && claimedAt > latest);
    return must(isAtTheBank || isYoung, 'I37', `Attempt ${String(openAttempt)} of ${id} never ends.`, id);
  }
  if (nextAttemptOn !== null)
    return must(
      nextAttemptOn >= utcDay(latest),
      'I37',
      `Invoice ${id} was to be tried on ${nextAttemptOn} and was not.`,
      id,
    );
  const tries = attempts.filter(({ how }) => how === 'saved_card').length;
  return must(tries >= mostTries, 'I37', `Invoice ${id} is given up after ${String(tries)} tries of a card.`, id);
};

const workingCard = 'pm_card_visa';

const isNotOfAWorkingCard = (
  { id, customer, status }: Invoice,
  { takenAt }: Snapshot,
  { customers }: Promises,
): readonly Violation[] => {
  const cards = [...customers.values()].find((each) => each.id === customer)?.cards ?? [];
  const works = cards.length > 0 && cards.every((card) => card === workingCard);
  const isOld = 'finalizedAt' in status && (status.finalizedAt ?? takenAt) <= addDaysTo(takenAt, -longestWaitDays);
  return must(!works || !isOld, 'I37', `Invoice ${id} has a card that works and is not paid.`, id);
};
