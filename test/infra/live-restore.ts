/**
 * A restore lived on the local cloud, for what it asks of the tables: books closed with a
 * run still under way, as a backup may find them, fenced, reconciled and opened again.
 */
import { present } from '#domain/assert.ts';
import { instantAt } from '#domain/time/instant.ts';
import { change } from '#functions/handle.ts';
import type { ApiClient } from '#local/api-client.ts';
import type { Cloud } from '#local/cloud.ts';

export const liveRestore = async (cloud: Cloud, api: ApiClient): Promise<void> => {
  const lastCharge = Math.max(...cloud.stripe.books().charges.map(({ created }) => created));
  await leaveRunOpen(cloud);
  await api.post('/v1/restore', { restoredTo: instantAt(lastCharge * 1000), because: 'a rehearsal' });
  const { data: invoices } = await api.get('/v1/invoices');
  const { id: invoice, number } = invoices.find(({ number }: { number: string | null }) => number !== null);
  const sent = { invoice, step: 'bill', to: 'nobody@customer.example', sentAt: cloud.world.clock.now() };
  const later = String(number).replace(/\d+$/, (serial) => String(Number(serial) + 100).padStart(serial.length, '0'));
  await api.post('/v1/restore/mails', {
    mails: [{ ...sent, number: later, messageId: 'a mail of hours that were lost' }],
  });
  await api.post('/v1/restore/fence', { numbers: [] });
  await cloud.time.quiet();
  await api.post('/v1/restore/reconcile', {});
  await cloud.time.quiet();
  await api.post('/v1/restore/reopen', {});
};

/** A run with bills, as it was before its last range was known to be numbered. */
const leaveRunOpen = async (cloud: Cloud): Promise<void> => {
  const { books } = cloud.world.ports;
  const head = present(await books.get('runHead', 'head'), 'a run was opened');
  const { sorts } = await books.index('run', { limit: 100 });
  const runs = await books.getAll('run', sorts);
  const run = present(
    runs.find(({ value }) => value.ranges > 0),
    'a run had something to bill',
  );
  const ranges = await books.list(['runRange'], { run: run.key, range: 0 });
  await cloud.world.store.transact(
    [
      change(head, { ...head.value, run: run.key, open: true }),
      change(run, { ...run.value, closedAt: null }),
      ...ranges.map((range) => change(range, { ...range.value, numbered: false })),
    ],
    [],
    cloud.world.clock.now(),
  );
};
