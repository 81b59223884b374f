/** Books restored from a backup, as the API closes them, hears what happened since, and shows how far they have come. */
import * as z from 'zod';
import { restoreStates } from '#domain/restore/restore.ts';
import { exactText, instantText, invoiceId, label } from './texts.ts';

export const restoreBody = z
  .strictObject({
    restoredTo: instantText.meta({ description: 'The moment the backup was of.' }),
    because: label(500).meta({ example: 'A deployment overwrote records; restored by the operator on call.' }),
  })
  .meta({ id: 'RestoreRequest' });

const documentNumber = z
  .string()
  .regex(/^[^\p{Cc}]{1,32}-\d{4}-\d{6,9}$/u, 'A document number is prefix, year and serial: CH-2026-000012.')
  .meta({ example: 'CH-2026-000012' });

export const reopenBody = z
  .strictObject({
    acceptWaiting: z
      .strictObject({
        payments: z.int().min(1).meta({ description: 'How many wait, as reconciliation.waiting says.', example: 1 }),
        because: label(500).meta({
          example: 'Their subscription was given up; the money is refunded at the provider.',
        }),
      })
      .optional()
      .meta({
        description:
          'Open although payments wait for their invoices: whoever asks for it sees to them, since an invoice that comes to be final later is charged.',
      }),
  })
  .meta({ id: 'ReopenRequest' });

export const loggedMailsBody = z
  .strictObject({
    mails: z
      .array(
        z
          .strictObject({
            number: documentNumber,
            invoice: invoiceId,
            step: z
              .string()
              .regex(/^(bill|declined-[1-9]\d{0,3})$/)
              .meta({ description: 'Which mail it was: bill, declined-1.', example: 'bill' }),
            to: exactText.meta({ example: 'billing@acme.example' }),
            messageId: exactText.meta({ description: 'As the mail server named it.', example: '0100018c-4f1a' }),
            sentAt: instantText,
          })
          .meta({ id: 'LoggedMail' }),
      )
      .min(1)
      .max(25),
  })
  .meta({ id: 'LoggedMails' });

export const loggedMailsView = z
  .strictObject({
    letters: z.int().meta({ description: 'Of documents these books have: not mailed again.', example: 3 }),
    lost: z
      .int()
      .meta({ description: 'About numbers that are fenced off now; their bills are made anew.', example: 9 }),
  })
  .meta({ id: 'LoggedMailsTaken' });

export const fenceBody = z
  .strictObject({
    numbers: z.array(documentNumber).max(1_000).meta({
      description:
        'Numbers known from elsewhere: exports, papers, the provider. With those of the mails, the highest count.',
    }),
  })
  .meta({ id: 'FenceRequest' });

const closing = {
  restoredTo: instantText,
  because: z.string(),
  by: z.string().meta({ description: 'The API key that closed the books.', example: '7f3h8a1x9c5d0mi4' }),
  closedAt: instantText,
};

const unplaced = z.strictObject({
  count: z.int().meta({ example: 0 }),
  first: z.array(z.strictObject({ invoice: z.string(), attempt: z.int(), because: z.string() })),
});

export const restoreView = z
  .strictObject({
    ...closing,
    lostSince: instantText.meta({
      description:
        'From then on mails and numbers are asked for and payments looked for: the moment restored to, or the earliest of the restores that were not finished.',
    }),
    unfinished: z
      .array(z.strictObject(closing))
      .meta({ description: 'Restores before this one that never came to be open; the latest twenty.' }),
    state: z.enum(restoreStates).meta({
      description:
        'closed: nothing is numbered or charged. fenced: numbering goes on. reconciled: every payment has its place. open.',
    }),
    changedAt: instantText,
    fences: z
      .array(
        z.strictObject({ series: z.string().meta({ example: 'main#invoice#2026' }), from: z.int(), until: z.int() }),
      )
      .meta({ description: 'Serials passed over, both counted: numbers given in the lost hours.' }),
    reconciliation: z
      .strictObject({
        upTo: instantText.meta({ description: 'Payments made before then have been looked at.' }),
        placed: z.int().meta({ example: 42 }),
        waiting: unplaced.meta({
          description: 'Their invoices are not final again yet: look once more when they are.',
        }),
        forAPerson: unplaced.meta({ description: 'No place here, or disagreeing; the first fifty.' }),
      })
      .nullable(),
    acceptedWaiting: z
      .strictObject({ because: z.string(), by: z.string(), at: instantText })
      .nullable()
      .meta({ description: 'Who opened the books although payments waited, and why.' }),
  })
  .meta({ id: 'Restore' });
