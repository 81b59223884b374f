/**
 * Once the system has come to rest, nothing lies about: I23 records are where they say,
 * I36 every message is accounted for, I37 nothing is "in progress" for ever.
 */
import { isOpen } from '../payments/payment-attempt.ts';
import { addMinutes } from '../time/instant.ts';
import type { Snapshot } from './snapshot.ts';
import { type Check, must, type Violation } from './violation.ts';

export interface Allowed {
  /** Dead-letter queues in which a test expects messages. */
  readonly deadLetters?: readonly string[];
}

export const auditOperations = (snapshot: Snapshot, { deadLetters = [] }: Allowed = {}): readonly Violation[] => [
  ...snapshot.flaws.flatMap(({ key, what }) => must(false, 'I23', what, key)),
  ...queuesAreEmpty(snapshot, deadLetters),
  ...[outboxIsEmpty, runsEnd, draftsAreNumbered, attemptsEnd, nothingIsHalfDone].flatMap((check) => check(snapshot)),
];

const queuesAreEmpty = ({ queues }: Snapshot, allowed: readonly string[]): readonly Violation[] =>
  queues.flatMap(({ name, isDeadLetter, messages }) => {
    const what = isDeadLetter
      ? `${messages} messages were given up on and wait for a person.`
      : `${messages} messages are left though nothing is under way.`;
    return must(messages === 0 || allowed.includes(name), 'I36', what, name);
  });

const outboxIsEmpty: Check = ({ outbox }) =>
  outbox.flatMap(({ key, events }) =>
    must(false, 'I36', `Events were told and never sent: ${events.join(', ')}.`, key),
  );

const runsEnd: Check = ({ books }) => {
  const { runHead, runs } = books;
  const head = runs.find(({ id }) => id === runHead?.run);
  return [
    ...runs.flatMap(({ id, closedAt }) =>
      must(closedAt !== null, 'I37', `Run ${id} is open and nothing works on it.`, id),
    ),
    ...must(
      runHead === null || (head !== undefined && runHead.open === (head.closedAt === null)),
      'I37',
      'The head of the runs and the run it names disagree.',
      runHead?.run ?? '',
    ),
  ];
};

const draftsAreNumbered: Check = ({ books }) => {
  const over = new Set(books.runs.filter(({ closedAt }) => closedAt !== null).map(({ id }) => id));
  return books.invoices.flatMap(({ id, run, status }) =>
    must(
      status.state !== 'draft' || !over.has(run),
      'I37',
      `Draft ${id} has no number though its run is over.`,
      id,
      run,
    ),
  );
};

/** An hour to end by itself, a page's two, and then the next look four hours later at the latest; rounded up. */
const patienceMinutes = 8 * 60;

/** A bank takes days over a debit, and then the provider says `pending`. */
const attemptsEnd: Check = ({ books, charges, takenAt }) => {
  const withTheBank = new Set(charges.filter(({ status }) => status === 'pending').map(({ intent }) => intent));
  return books.attempts.flatMap((attempt) => {
    const { invoice, n, state, intent, changedAt, because } = attempt;
    const isYoung = addMinutes(changedAt, patienceMinutes) > takenAt;
    // A person was told of it, and until they answer nothing else may be tried.
    const isExplained = state !== 'unknown' && because !== undefined;
    return must(
      !isOpen(attempt) || isYoung || isExplained || withTheBank.has(intent ?? ''),
      'I37',
      `Attempt ${n} has been ${state} since ${changedAt}.`,
      invoice,
      String(n),
    );
  });
};

const nothingIsHalfDone: Check = ({ books }) => [
  ...books.webhooks.flatMap(({ id, state }) =>
    must(state !== 'received', 'I37', `Webhook event ${id} was received and never handled.`, id),
  ),
  ...books.letters.flatMap(({ invoice, step, state }) =>
    must(
      state !== 'claimed' && state !== 'waiting',
      'I37',
      `Letter ${step} of ${invoice} is ${state} and nothing works on it.`,
      invoice,
      step,
    ),
  ),
  ...books.customers.flatMap(({ id, payment }) =>
    must(payment.state !== 'given', 'I37', 'A payment method was given and is neither saved nor refused.', id),
  ),
];
