/**
 * The bills of odd customers on odd plans can be read: as JSON, with the trace that makes
 * each line again, and as the letter that is mailed, PDF and all. In the simulated cloud
 * mails are plain texts, so that the real ones are made here.
 */
import { storedPart } from '#domain/audit/stored-part.ts';
import type { Snapshot } from '#domain/audit/snapshot.ts';
import { present } from '#domain/assert.ts';
import type { Invoice, InvoiceBody } from '#domain/invoicing/invoice.ts';
import { complaints } from './judge/complaints.ts';
import { send } from './judge/send.ts';
import { askedOf } from './requests/draft.ts';
import { targets } from './requests/targets.ts';
import type { FuzzWorld } from './world/fuzz-world.ts';
import { seedName } from './world/seed-world.ts';

/** Each takes a fifth of a second. */
const mostLetters = 5;

export const readBills = async (world: FuzzWorld, snapshot: Snapshot): Promise<readonly string[]> => {
  const odd = snapshot.books.invoices
    .map((invoice) => ({
      invoice,
      body: present(storedPart<InvoiceBody>(snapshot, invoice.body), 'a bill has a body'),
    }))
    .filter(({ body }) => !body.billTo.name.startsWith(seedName));
  const flaws: string[] = [];
  for (const { invoice } of odd) {
    flaws.push(...(await read(world, 'GET /v1/invoices/{id}', invoice)));
    flaws.push(...(await read(world, 'GET /v1/invoices/{id}/trace', invoice)));
  }
  const issued = odd.filter(({ invoice: { status } }) => status.state === 'final' || status.state === 'paid');
  for (const { invoice, body } of issued.slice(0, mostLetters))
    flaws.push(...(await letterFlaws(world, invoice, body)));
  return flaws;
};

const read = async (world: FuzzWorld, name: string, { id }: Invoice): Promise<readonly string[]> => {
  const target = present(
    targets.find((each) => each.name === name),
    `${name} is an address`,
  );
  const draft = { target, params: { id }, query: {}, headers: {}, body: undefined };
  const asked = askedOf(draft, { apiKey: world.apiKey, nowMs: 0 }, 'taken');
  const answered = await send(world, asked);
  const { lines = [] } = answered.body as { readonly lines?: readonly { readonly reproduced?: boolean }[] };
  return [
    ...complaints(asked, answered, world.secrets),
    ...(answered.status === 200 ? [] : [`answered ${answered.text}`]),
    ...(lines.some(({ reproduced }) => reproduced === false) ? ['has a line that its terms do not make again'] : []),
  ].map((flaw) => `${name} ${id}: ${flaw}`);
};

const letterFlaws = async ({ world }: FuzzWorld, invoice: Invoice, body: InvoiceBody): Promise<readonly string[]> => {
  const posting = {
    to: body.billTo.email,
    at: world.clock.now(),
    collection: { state: 'no_method', nextAttemptOn: null },
  } as const;
  try {
    const { mime } = await world.ports.documents.billMail(invoice, body, posting);
    return Buffer.from(mime).includes('application/pdf') ? [] : [`the letter of ${invoice.id} has no PDF`];
  } catch (error) {
    return [`the letter of ${invoice.id} cannot be made: ${String(error)}`];
  }
};
