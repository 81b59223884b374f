/** The bill is mailed at most once, and collecting is told in the end, whatever dies or races; on the production adapters over the store in memory. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Outage } from '#domain/outage.ts';
import type { Invoice, InvoiceBody } from '#domain/invoicing/invoice.ts';
import { money } from '#domain/money/money.ts';
import { addMinutes, instant } from '#domain/time/instant.ts';
import { documents } from '#functions/adapters/documents/documents.ts';
import { change, create } from '#functions/handle.ts';
import type { CallOutcome, MailMessage, Ports } from '#functions/ports.ts';
import { runOutside } from '#functions/runtime/run-step.ts';
import type { World } from '#functions/runtime/world.ts';
import type { OutsideStep } from '#functions/step.ts';
import { bodyOf, invoiceOf, issued } from '#test/contracts/mail-bill.ts';
import { type MemoryWorld, memoryWorld } from '#test/world/memory-world.ts';
import { sendBill } from './send-bill.ts';

type Sent = CallOutcome<{ readonly messageId: string }>;
const ok: Sent = { state: 'ok', value: { messageId: 'ses-1' } };
const id = bodyOf().invoice;
const heard = { name: 'invoice.finalized', data: { invoice: id } } as const;

let memory: MemoryWorld;
let sends: MailMessage[];
/** What the mail server does with the next mails; `ok` when nothing is said. */
let server: (() => Promise<Sent> | Sent)[];
let world: World;

beforeEach(async () => {
  memory = await memoryWorld();
  sends = [];
  server = [];
  const ports = {
    books: memory.ports.books,
    documents: documents({
      sender: 'billing@ch.example',
      payUrl: (invoice) => `https://billing.example/pay/${invoice}`,
    }),
    mail: {
      send: async (message: MailMessage) => {
        sends.push(message);
        return (await server.shift()?.()) ?? ok;
      },
    },
  };
  world = { ...memory, ports: ports as unknown as Ports };
});
afterEach(() => memory.close());

const put = async (changed: Partial<Invoice> = {}, body: InvoiceBody = bodyOf(), email = 'ada@customer.example') => {
  const hash = await world.store.stage(body);
  await world.store.transact(
    [
      create('invoice', { ...invoiceOf(body), body: hash, ...changed }),
      create('person', { customer: body.customer, name: 'Ada', email, address: {} }),
    ],
    [],
    world.clock.now(),
  );
};
const deliver = async (minutesLater = 0) => {
  memory.moveTo(addMinutes(world.clock.now(), minutesLater));
  return run(world);
};
const run = (of: World) => runOutside(of, sendBill as unknown as OutsideStep<never>, heard);
const letter = async () => (await world.ports.books.get('letter', { invoice: id, step: 'bill' }))?.value;
const told = () => memory.sent.filter(({ body }) => body.name === 'bill.sent').map(({ body }) => body.data);
/** Makes the invoice something else behind the step's back. */
const become = async (changed: Partial<Invoice>) => {
  const handle = (await world.ports.books.get('invoice', id))!;
  await world.store.transact([change(handle, { ...handle.value, ...changed })], [], world.clock.now());
};
const paid: Invoice['status'] = { ...issued, state: 'paid', paidAt: issued.finalizedAt };

describe('a bill', () => {
  it('is mailed to the customer once, and then told', async () => {
    await put();
    await deliver();
    expect(sends.map(({ to }) => to)).toEqual(['ada@customer.example']);
    expect(await letter()).toMatchObject({ state: 'sent', messageId: 'ses-1', to: 'ada@customer.example' });
    expect(told()).toEqual([{ invoice: id }]);
  });

  it('heard again after its record is told again and not sent again', async () => {
    await put();
    for (const later of [0, 1, 60]) await deliver(later);
    expect(sends).toHaveLength(1);
    expect(told().length).toBeGreaterThan(0);
    expect(await letter()).toMatchObject({ state: 'sent' });
  });

  it('is sent once though three deliveries have read the same before the first claims', async () => {
    await put();
    const { books } = world.ports;
    const waiting: (() => void)[] = [];
    const together = {
      ...books,
      part: async (hash: string) => {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length === 3) waiting.forEach((go) => go());
        });
        return books.part(hash);
      },
    };
    const racing = { ...world, ports: { ...world.ports, books: together } as Ports };
    await Promise.all([1, 2, 3].map(() => run(racing)));
    expect(sends).toHaveLength(1);
    expect(await letter()).toMatchObject({ state: 'sent' });
  });

  it('goes to the address the customer has now, not to one they left', async () => {
    await put({}, bodyOf(), 'ada@new.example');
    await deliver();
    expect(sends.map(({ to }) => to)).toEqual(['ada@new.example']);
  });
});

describe('no mail', () => {
  it.each([
    ['a draft', { status: { state: 'draft' } }],
    ['a paid invoice', { status: paid }],
    ['a void invoice', { status: { ...issued, state: 'void', voidedAt: issued.finalizedAt } }],
    ['an invoice over nothing', { total: money('0.00', 'EUR') }],
  ] as const)('for %s', async (_, changed) => {
    await put(changed);
    await deliver();
    expect(sends).toEqual([]);
    expect(await letter()).toBeUndefined();
    expect(told()).toEqual([]);
  });

  it('for an invoice that is paid between the reading and the claim', async () => {
    await put();
    const { books } = world.ports;
    let isFirst = true;
    // The last thing the claim reads; then somebody else pays.
    const racing = {
      ...books,
      part: async (hash: string) => {
        if (isFirst) await become({ status: paid });
        isFirst = false;
        return books.part(hash);
      },
    };
    await run({ ...world, ports: { ...world.ports, books: racing } });
    expect(sends).toEqual([]);
    expect(await letter()).toBeUndefined();
  });

  it.each(['', 'not an address', 'a@b.example, c@d.example'])(
    'to %j; the bill is told all the same and a person can see why',
    async (email) => {
      await put({}, bodyOf(), email);
      await deliver();
      await deliver(10);
      expect(sends).toEqual([]);
      expect(await letter()).toMatchObject({
        state: 'refused',
        because: 'The customer has no mail address we can write to.',
      });
      expect(told()[0]).toEqual({ invoice: id });
    },
  );
});

describe('an outcome', () => {
  it.each(['refused', 'unknown'] as const)('%s is recorded, told, and never tried again', async (state) => {
    await put();
    server = [() => ({ state, because: 'said SES' })];
    for (const later of [0, 5, 600]) await deliver(later);
    expect(sends).toHaveLength(1);
    expect(await letter()).toMatchObject({ state, because: 'said SES' });
    expect(told()[0]).toEqual({ invoice: id });
  });

  it('of a run that died after its claim is unknown, and nobody sends again', async () => {
    await put();
    server = [() => Promise.reject(new Error('the process is gone'))];
    await expect(deliver()).rejects.toThrow('the process is gone');
    expect(await letter()).toMatchObject({ state: 'claimed' });
    expect(told()).toEqual([]);
    await deliver(2);
    await deliver(2);
    expect(sends).toHaveLength(1);
    expect(await letter()).toMatchObject({ state: 'unknown' });
    expect(told()[0]).toEqual({ invoice: id });
  });

  it('of a run that died so is unknown even once the invoice is paid', async () => {
    await put();
    server = [() => Promise.reject(new Error('the process is gone'))];
    await expect(deliver()).rejects.toThrow();
    await become({ status: paid });
    await deliver(2);
    expect(await letter()).toMatchObject({ state: 'unknown' });
  });

  it('of a slow run that another took for dead is put right by the slow one', async () => {
    await put();
    let finish = (_: Sent): void => undefined;
    server = [() => new Promise<Sent>((resolve) => (finish = resolve))];
    const slow = deliver();
    while (sends.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await deliver(1);
    expect(await letter()).toMatchObject({ state: 'unknown' });
    finish(ok);
    await slow;
    expect(sends).toHaveLength(1);
    expect(await letter()).toMatchObject({ state: 'sent', messageId: 'ses-1' });
    expect(await letter()).not.toHaveProperty('because');
  });
});

describe('a mail server that cannot be reached', () => {
  const outage = () => Promise.reject(new Outage('throttled'));

  it('leaves the bill waiting, and the next delivery sends it', async () => {
    await put();
    server = [outage, outage];
    await expect(deliver()).rejects.toThrow(Outage);
    expect(await letter()).toMatchObject({ state: 'waiting' });
    expect(told()).toEqual([]);
    await expect(deliver(1)).rejects.toThrow(Outage);
    await deliver(1);
    expect(await letter()).toMatchObject({ state: 'sent', claimedAt: instant('2026-01-01T00:02:00.000Z') });
    expect(told()).toEqual([{ invoice: id }]);
  });

  it('keeps no bill for an invoice that was paid meanwhile', async () => {
    await put();
    server = [outage];
    await expect(deliver()).rejects.toThrow(Outage);
    await become({ status: paid });
    await deliver(1);
    expect(sends).toHaveLength(1);
    expect(await letter()).toMatchObject({ state: 'refused', because: 'There is nothing to pay any more.' });
  });
});
