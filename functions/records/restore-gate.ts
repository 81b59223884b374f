/**
 * The gate before numbering and charging, shut while restored books are not in line with
 * the world. Whoever passes puts the answer into their own transaction, so a gate that
 * shuts between the look and the commit is not passed.
 */
import { type Refusal, refuse } from '#domain/refusal.ts';
import { mayCharge, mayNumber } from '#domain/restore/restore.ts';
import { absent, type Check, unchanged } from '../handle.ts';
import type { Books } from '../ports.ts';

const open = { number: mayNumber, charge: mayCharge } as const;

export const restoreGate = async (
  what: keyof typeof open,
  books: Books,
): Promise<Check | Refusal<'books_being_restored'>> => {
  const restore = await books.get('restore', 'latest');
  if (restore === undefined) return absent('restore', 'latest');
  return open[what](restore.value)
    ? unchanged(restore)
    : refuse(
        'books_being_restored',
        `The books were restored to ${restore.value.restoredTo} and are ${restore.value.state}: it is done once they are in line with the world.`,
      );
};
