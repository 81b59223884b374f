/**
 * Everybody is told: each bill has its letter, each decline that is the last word has its
 * notice, and each letter was sent. One whose sending is unknown or refused needs a fault that
 * struck the process it was in the hands of; a mail server that was only busy is no reason.
 */
import type { LetterSeen, Snapshot } from '#domain/audit/snapshot.ts';
import { must, type Violation } from '#domain/audit/violation.ts';
import type { Invoice } from '#domain/invoicing/invoice.ts';
import { addDaysTo, addMinutes, type Instant } from '#domain/time/instant.ts';
import type { Simulated } from './simulated.ts';
import type { StruckCall } from './struck-calls.ts';

export const checkMail = (
  snapshot: Snapshot,
  struck: readonly StruckCall[],
  fired: Simulated['fired'],
): readonly Violation[] => [
  ...billsAreMailed(snapshot),
  ...declinesAreMailed(snapshot),
  ...lettersAreSent(snapshot, struck, fired),
];

const longestWaitDays = 2;
const latest = ({ takenAt }: Snapshot): Instant => addDaysTo(takenAt, -longestWaitDays);

const isLetter = (invoice: string, step: string) => (letter: LetterSeen) =>
  letter.invoice === invoice && letter.step === step;

/** So long a bill waits for its mail before it is charged all the same; then a mail that comes later is none. */
const minutesForTheMail = 6 * 60;
const clocksApartMinutes = 5;

const billsAreMailed = (snapshot: Snapshot): readonly Violation[] =>
  snapshot.books.invoices.flatMap(({ id, total, status }) => {
    if (status.state !== 'final' && status.state !== 'paid') return [];
    const isDue = total.minor > 0n && status.finalizedAt <= latest(snapshot);
    const isOvertaken =
      status.state === 'paid' &&
      status.paidAt >= addMinutes(status.finalizedAt, minutesForTheMail - clocksApartMinutes);
    const isThere = snapshot.books.letters.some(isLetter(id, 'bill'));
    return must(!isDue || isThere || isOvertaken, 'I37', `Invoice ${id} was never mailed.`, id);
  });

const declinesAreMailed = (snapshot: Snapshot): readonly Violation[] => {
  const { invoices, attempts, letters } = snapshot.books;
  const owed = new Map<string, Invoice>(
    invoices.flatMap((each) => (each.status.state === 'final' ? [[each.id, each]] : [])),
  );
  return attempts.flatMap(({ invoice, n, how, state, changedAt }) => {
    const isLastWord = how === 'saved_card' && state === 'failed' && owed.get(invoice)?.attempts === n;
    const isDue = isLastWord && changedAt <= latest(snapshot);
    const isThere = letters.some(isLetter(invoice, `declined-${String(n)}`));
    return must(!isDue || isThere, 'I37', `That attempt ${String(n)} of ${invoice} failed was never mailed.`, invoice);
  });
};

const lettersAreSent = (
  snapshot: Snapshot,
  struck: readonly StruckCall[],
  fired: Simulated['fired'],
): readonly Violation[] => {
  const { letters, invoices } = snapshot.books;
  const old = letters.filter(({ claimedAt }) => claimedAt <= latest(snapshot));
  const lying = old.filter(({ state }) => state === 'waiting' || state === 'claimed');
  const unsent = letters.filter(({ state }) => state === 'unknown' || state === 'refused');
  const paid = new Set(invoices.flatMap(({ id, status }) => (status.state === 'paid' ? [id] : [])));
  const inHands = struck.filter(({ process }) => process.startsWith('messages'));
  // One that waited for a busy server while its invoice was paid is not sent any more.
  const overtaken = unsent.filter(({ state, invoice }) => state === 'refused' && paid.has(invoice)).length;
  const unexplained = unsent.length - Math.min(overtaken, inHands.filter(isBusy).length);
  const ends = leavesAllUnsent.reduce((sum, kind) => sum + (fired.get(kind) ?? 0), 0);
  const excuses = inHands.filter(leavesUnsent).length + atOnce * ends;
  return [
    ...lying.flatMap(({ invoice, step, state }) => must(false, 'I37', `Letter ${step} is ${state} for days.`, invoice)),
    ...must(
      unexplained <= excuses,
      'I37',
      `${String(unexplained)} letters were not sent, which ${String(excuses)} faults explain.`,
      ...unsent.map(({ invoice, step }) => `${step} of ${invoice}`),
    ),
  ];
};

const isBusy = ({ door, fault }: StruckCall): boolean => door === 'mail' && fault === 'throttled';

/**
 * What may leave a claim without its outcome: it struck between the claim, whose answer may be
 * lost, and the record of what became of the mail. A frozen process may run out of time anywhere.
 */
const leavesUnsent = (call: StruckCall): boolean => {
  const { operation, fault, follows } = call;
  if (fault === 'freezes' || follows === 'SendRawEmail') return true;
  if (operation === 'SendRawEmail') return !isBusy(call);
  return operation === 'TransactWriteItems' && (fault === '5xx-after' || fault === 'dies_after');
};

/** A lane works on so much at once when time leaps or the store goes away. */
const atOnce = 2;
const leavesAllUnsent = ['clock.leaps-25h', 'store.blackout'];
