/**
 * The whole system in one table: what starts each step, in which lane it runs,
 * what it may read, write and tell, and what its failure means to a person. The
 * stack, its permissions and alarms, the local cloud, the picture in
 * ARCHITECTURE.md and each step's own type are derived from it, so they cannot drift.
 */
import { daily, every, events, http, type Flow as FlowShape } from './flow-row.ts';

export const flow = {
  'ingest-usage': {
    on: [http('POST', '/v1/events', 'usage:write')],
    kind: 'door',
    lane: 'usage',
    uses: ['books', 'usageLog'],
    writes: [],
    tells: [],
    whenItFails: 'Products cannot report usage. Their client retries with the same ids; nothing is lost or doubled.',
  },

  'open-billing-run': {
    on: [daily('01:00'), events('run.closed', 'run.requested')],
    kind: 'plain',
    lane: 'billing',
    uses: ['books'],
    writes: ['runHead', 'run', 'runRange'],
    tells: ['range.due', 'range.rated', 'series.ready', 'run.closed'],
    whenItFails: 'Tonight has no billing run. The next one finds everything that is due, oldest night first.',
  },
  'rate-range': {
    on: [events('range.due')],
    kind: 'plain',
    lane: 'billing',
    uses: ['books', 'usageLog'],
    writes: ['runRange', 'part'],
    tells: ['range.rated'],
    whenItFails:
      'The usage of some customers is not rated yet. Their bills wait, and so does the next night, a day at most.',
  },
  'bill-range': {
    on: [events('range.rated')],
    kind: 'each',
    lane: 'billing',
    uses: ['books'],
    writes: ['invoice', 'part', 'closedPeriod', 'subscription', 'runRange'],
    tells: ['series.ready', 'range.numbered'],
    whenItFails:
      'Some customers have no bill yet. Those that could not be billed are parked with the reason; the others are done.',
  },
  'number-invoices': {
    on: [events('series.ready')],
    kind: 'each',
    lane: 'numbers',
    uses: ['books'],
    writes: ['series', 'invoice', 'account', 'ledgerPage', 'runRange'],
    tells: ['invoice.finalized', 'range.numbered'],
    whenItFails: 'Drafts wait for their numbers and are not sent. No number is lost or given twice.',
  },
  'close-billing-run': {
    on: [events('range.numbered')],
    kind: 'plain',
    lane: 'billing',
    uses: ['books'],
    writes: ['run', 'runHead'],
    tells: ['run.closed'],
    whenItFails: 'A finished run still shows as open, and a missed night after it waits. No bill is affected.',
  },

  'send-bill': {
    on: [events('invoice.finalized')],
    kind: 'outside',
    outside: 'mail',
    lane: 'messages',
    uses: ['books', 'documents', 'mail'],
    writes: ['letter'],
    tells: ['bill.sent'],
    whenItFails: 'Some bills were not mailed. They are owed and payable all the same; none is mailed twice.',
  },
  'send-payment-notice': {
    on: [events('payment.failed')],
    kind: 'outside',
    outside: 'mail',
    lane: 'messages',
    uses: ['books', 'documents', 'mail'],
    writes: ['letter'],
    tells: [],
    whenItFails: 'Customers whose card was declined were not told. Their cards are tried again on the usual days.',
  },

  'save-payment-method': {
    on: [events('payment_method.given')],
    kind: 'outside',
    outside: 'payments',
    lane: 'money',
    uses: ['books', 'payments'],
    writes: ['customer'],
    tells: [],
    whenItFails: 'A new card is not saved yet; its customer can still pay by the link in the bill.',
  },
  'collect-payment': {
    on: [events('bill.sent', 'payment.due', 'payment.unsettled')],
    kind: 'outside',
    outside: 'payments',
    lane: 'money',
    uses: ['books', 'payments'],
    writes: ['attempt', 'invoice', 'account', 'ledgerPage'],
    tells: ['payment.succeeded', 'payment.failed', 'payment.unknown'],
    whenItFails: 'Some invoices were not charged. Money is late; no card is charged twice.',
  },
  'receive-stripe-webhook': {
    on: [http('POST', '/webhooks/stripe')],
    kind: 'door',
    lane: 'money',
    uses: ['books', 'payments'],
    writes: ['stripeEvent'],
    tells: ['stripe.event_received'],
    whenItFails:
      'News of payments does not arrive. Stripe sends it again for three days, and unsettled attempts are looked up.',
  },
  'settle-payment': {
    on: [events('stripe.event_received')],
    kind: 'outside',
    outside: 'payments',
    lane: 'money',
    uses: ['books', 'payments'],
    writes: ['stripeEvent', 'attempt', 'invoice', 'account', 'ledgerPage'],
    tells: ['payment.succeeded', 'payment.failed'],
    whenItFails: 'Paid invoices still show as owed. Nobody is charged again meanwhile.',
  },
  'open-checkout': {
    on: [http('GET', '/pay/{token}'), http('POST', '/pay/{token}')],
    kind: 'door',
    lane: 'money',
    uses: ['books', 'payments'],
    writes: ['attempt', 'invoice'],
    tells: [],
    whenItFails: 'Customers cannot pay by link. Saved cards are charged as usual.',
  },
  'reconcile-payments': {
    on: [events('reconciliation.due')],
    kind: 'each',
    lane: 'money',
    uses: ['books', 'payments'],
    writes: ['attempt', 'invoice', 'account', 'ledgerPage', 'restore'],
    tells: ['reconciliation.due', 'stripe.event_received'],
    whenItFails: 'Restored books stay closed, and nobody is charged. Ask for it again once what stopped it is gone.',
  },
  'chase-payments': {
    on: [daily('09:00'), every(240)],
    kind: 'each',
    lane: 'housekeeping',
    uses: ['books'],
    writes: [],
    tells: ['payment.due', 'payment.unsettled'],
    whenItFails:
      'Declined cards are not tried again today, and unknown payments stay unknown. The next run, within hours, finds them all.',
  },
  'resume-work': {
    on: [events('books.fenced')],
    kind: 'each',
    lane: 'housekeeping',
    uses: ['books'],
    writes: [],
    tells: ['run.requested', 'range.due', 'range.rated', 'series.ready', 'range.numbered', 'invoice.finalized'],
    whenItFails: 'After a restore, interrupted work waits for the nightly run, and some bills are not mailed.',
  },

  'sweep-outbox': {
    on: [every(15)],
    kind: 'sweep',
    lane: 'housekeeping',
    uses: ['books'],
    writes: [],
    tells: [],
    whenItFails: 'Work interrupted by a crash waits. It is kept, and goes on when this runs again.',
  },
} as const satisfies FlowShape;

export type Flow = typeof flow;
export type StepName = keyof Flow;
export const stepNames = Object.keys(flow) as readonly StepName[];
