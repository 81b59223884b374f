/**
 * Minor units nobody can explain: for every invoice the difference between what the
 * provider holds of it and what our books say was paid, added up without regard to
 * sign, so that two errors do not make a truth. Charges that name no invoice of ours
 * count whole.
 */
import type { Snapshot } from '#domain/audit/snapshot.ts';
import type { Money } from '#domain/money/money.ts';

export const unexplained = ({ books, charges }: Snapshot): Readonly<Record<string, string>> => {
  const differences = new Map<string, { readonly currency: string; minor: bigint }>();
  const add = (about: string, { currency, minor }: Money, sign: 1n | -1n) => {
    const difference = differences.get(about) ?? { currency, minor: 0n };
    difference.minor += sign * minor;
    differences.set(about, difference);
  };
  for (const { id, status, total } of books.invoices) if (status.state === 'paid') add(id, total, 1n);
  for (const { id, pays, amount, refunded, status } of charges) {
    if (status !== 'succeeded') continue;
    add(pays?.invoice ?? id, amount, -1n);
    add(pays?.invoice ?? id, refunded, 1n);
  }
  const sums = new Map<string, bigint>();
  for (const { currency, minor } of differences.values())
    sums.set(currency, (sums.get(currency) ?? 0n) + (minor < 0n ? -minor : minor));
  return Object.fromEntries([...sums].map(([currency, minor]) => [currency, String(minor)]));
};
