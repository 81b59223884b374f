/**
 * Everything that must always hold, checked of one snapshot. It runs after every test
 * that moves the clock and after every crash; an empty answer is the only
 * good one. Where it can, a check works the matter out its own way and does not ask
 * the code that did it the first time.
 */
import { auditInvoices } from './invoices.ts';
import { auditLedger } from './ledger.ts';
import { auditMetering } from './metering.ts';
import { auditNumbers } from './numbers.ts';
import { type Allowed, auditOperations } from './operations.ts';
import { auditPayments } from './payments.ts';
import { auditPeople } from './people.ts';
import { auditRuns } from './runs.ts';
import type { Snapshot } from './snapshot.ts';
import type { Violation } from './violation.ts';

export const audit = (snapshot: Snapshot, allowed: Allowed = {}): readonly Violation[] => [
  ...auditMetering(snapshot),
  ...auditRuns(snapshot),
  ...auditInvoices(snapshot),
  ...auditNumbers(snapshot),
  ...auditLedger(snapshot),
  ...auditPayments(snapshot),
  ...auditPeople(snapshot),
  ...auditOperations(snapshot, allowed),
];
