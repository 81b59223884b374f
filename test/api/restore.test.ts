/** Restored books through the API: closed first, fenced with what was found, reconciled before they are opened, and in no other order. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { day } from '#domain/time/day.ts';
import { instant } from '#domain/time/instant.ts';
import { defaultBillingEntity } from '#functions/api/billing-entities/default-billing-entity.ts';
import { change, create } from '#functions/handle.ts';
import { commit } from '#functions/runtime/commit.ts';
import { finalInvoice, invoiceId } from '#test/world/open-invoice.ts';
import { type ApiWorld, apiWorld } from './api-world.ts';

const { key: entity, numberPrefix } = defaultBillingEntity;
const series = { entity, kind: 'invoice', fiscalYear: '2026' } as const;
const numbered = (serial: number) => `${numberPrefix}-2026-${String(serial).padStart(6, '0')}`;
const mail = (serial: number, invoice: string, messageId: string) => ({
  ...{ number: numbered(serial), invoice, step: 'bill', to: 'billing@acme.example', messageId },
  sentAt: '2026-02-10T11:00:00.000Z',
});
const lostInvoice = 'inv_9999999999abcdefghij_1_0';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld();
  const invoice = finalInvoice();
  await commit(api.world, {
    write: [
      create('series', { ...series, next: 8, lastIssuedOn: day('2026-02-10') }),
      create('invoice', { ...invoice, status: { ...invoice.status, number: numbered(7) } as typeof invoice.status }),
    ],
  });
});
afterAll(() => api.close());

const bySeries = async () => (await api.world.ports.books.get('series', series))?.value;
const toldTo = (step: string) => api.sent.filter(({ body }) => body.step === step).length;

it('there is nothing to restore until books are closed for it', async () => {
  expect((await api.get('/v1/restore')).status).toBe(404);
  expect((await api.post('/v1/restore/fence', { numbers: [] })).status).toBe(404);
  const tomorrow = { restoredTo: '2026-02-11T00:00:00Z', because: 'a test' };
  expect((await api.post('/v1/restore', tomorrow)).body.pointer).toBe('/restoredTo');
});

it('closes them, and lets no step of the way be left out', async () => {
  const closed = await api.post('/v1/restore', { restoredTo: '2026-02-10T10:30:00Z', because: 'A test.' });
  expect([closed.status, closed.body]).toMatchObject([201, { state: 'closed', because: 'A test.', fences: [] }]);
  for (const step of ['reconcile', 'reopen'])
    expect((await api.post(`/v1/restore/${step}`, {})).body.code).toBe('restore_out_of_order');
});

it('takes mails as letters of what the books have, and as lost where they have not', async () => {
  const mails = [
    mail(7, invoiceId, 'message-7'),
    mail(9, lostInvoice, 'message-9'),
    mail(11, lostInvoice, 'message-11'),
  ];
  const { body } = await api.post('/v1/restore/mails', { mails });
  expect(body).toEqual({ letters: 1, lost: 2 });
  const { books } = api.world.ports;
  expect((await books.get('letter', { invoice: invoiceId, step: 'bill' }))?.value).toMatchObject({
    ...{ state: 'sent', messageId: 'message-7', claimedAt: '2026-02-10T11:00:00.000Z' },
  });
  expect((await bySeries())?.holes).toMatchObject([{ from: 8, until: 11 }]);
  expect((await api.post('/v1/restore/mails', { mails })).body).toEqual({ letters: 0, lost: 0 });
});

it('refuses a number of nobody’s, naming it, and writes nothing', async () => {
  const before = api.writes();
  const { status, body } = await api.post('/v1/restore/fence', { numbers: [numbered(1), 'XX-2026-000001'] });
  expect([status, body.code, body.pointer]).toEqual([422, 'unknown_number', '/numbers/1']);
  expect(api.writes()).toBe(before);
});

it('fences behind the highest number found, and lets work go on', async () => {
  const { body } = await api.post('/v1/restore/fence', { numbers: [numbered(14), numbered(3)] });
  expect(body).toMatchObject({ state: 'fenced', fences: [{ series: `${entity}#invoice#2026`, from: 8, until: 14 }] });
  expect(await bySeries()).toMatchObject({ next: 15, holes: [{ from: 8, until: 14 }] });
  expect(toldTo('resume-work')).toBe(1);
  expect((await api.post('/v1/restore/fence', { numbers: [] })).body.code).toBe('restore_out_of_order');
  expect((await api.post('/v1/restore/mails', { mails: [mail(20, invoiceId, 'm')] })).body.code).toBe(
    'restore_out_of_order',
  );
});

it('opens them once they are reconciled, and not before', async () => {
  const { status, body } = await api.post('/v1/restore/reconcile', {});
  expect([status, body.state, body.reconciliation.upTo]).toEqual([202, 'fenced', '2026-02-10T08:30:00.000Z']);
  expect(toldTo('reconcile-payments')).toBe(1);
  expect((await api.post('/v1/restore/reopen', {})).body.code).toBe('restore_out_of_order');

  const restore = await api.world.ports.books.get('restore', 'latest');
  await commit(api.world, { write: [change(restore!, { ...restore!.value, state: 'reconciled' })] });
  expect((await api.post('/v1/restore/reopen', {})).body.state).toBe('open');
  expect((await api.get('/v1/restore')).body.state).toBe('open');
});

it('closes them again at any time, for the backup may be of the middle of an earlier restore', async () => {
  api.moveTo(instant('2026-02-10T13:00:00.000Z'));
  const again = await api.post('/v1/restore', { restoredTo: '2026-02-10T12:30:00Z', because: 'Once more.' });
  expect(again.body).toMatchObject({
    state: 'closed',
    restoredTo: '2026-02-10T12:30:00.000Z',
    lostSince: '2026-02-10T12:30:00.000Z',
    unfinished: [],
    fences: [],
    reconciliation: null,
  });
});

it('closed again before they were open, they go on missing what they missed, and show why each time', async () => {
  await api.post('/v1/restore/fence', { numbers: [numbered(20)] });
  api.moveTo(instant('2026-02-11T13:00:00.000Z'));
  const again = await api.post('/v1/restore', { restoredTo: '2026-02-11T12:30:00Z', because: 'And again.' });
  expect(again.body).toMatchObject({
    ...{ because: 'And again.', restoredTo: '2026-02-11T12:30:00.000Z', lostSince: '2026-02-10T12:30:00.000Z' },
    unfinished: [{ because: 'Once more.', restoredTo: '2026-02-10T12:30:00.000Z' }],
    fences: [{ from: 15, until: 20 }],
  });
  await api.post('/v1/restore/fence', { numbers: [] });
  expect(api.sent.findLast(({ body }) => body.step === 'resume-work')?.body).toMatchObject({
    data: { restoredTo: '2026-02-10T12:30:00.000Z' },
  });
  const { body } = await api.post('/v1/restore/reconcile', {});
  expect(body.reconciliation.upTo).toBe('2026-02-10T10:30:00.000Z');
});

it('opens them with payments waiting for who says how many, and why', async () => {
  const restore = await api.world.ports.books.get('restore', 'latest');
  const upTo = instant('2026-02-11T14:00:00.000Z');
  const waiting = { count: 1, first: [{ invoice: lostInvoice, attempt: 1, because: 'Not final yet.' }] };
  const reconciliation = { upTo, placed: 0, waiting, forAPerson: { count: 0, first: [] } };
  await commit(api.world, { write: [change(restore!, { ...restore!.value, reconciliation })] });
  expect((await api.post('/v1/restore/reopen', {})).body.code).toBe('restore_out_of_order');
  expect((await api.post('/v1/restore/reopen', { acceptWaiting: { payments: 1 } })).status).toBe(400);
  const acceptWaiting = { payments: 1, because: 'Refunded by hand.' };
  const { body } = await api.post('/v1/restore/reopen', { acceptWaiting });
  expect(body).toMatchObject({
    state: 'open',
    reconciliation: { waiting },
    acceptedWaiting: { because: 'Refunded by hand.', by: body.by, at: '2026-02-11T13:00:00.000Z' },
  });
});
