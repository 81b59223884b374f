/**
 * The route table of the API: method and path, the scope a caller's key needs, what
 * it does, and what that is in words. Requests, answers, documentation and the tests
 * of who may call what follow from it. `POST /v1/events` is a door of the flow
 * (functions/flow.ts) and only documented here.
 */
import { createBillingEntity, listBillingEntities } from './billing-entities/billing-entities.ts';
import { changeCustomer } from './customers/change-customer.ts';
import { createCustomer } from './customers/create-customer.ts';
import { readCustomerUsage } from './customers/customer-usage.ts';
import { listCustomers, readCustomer } from './customers/read-customers.ts';
import { readHealth } from './health.ts';
import { listInvoices, readInvoice, readInvoicePdf, traceInvoice } from './invoices/invoices.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './keys/api-keys.ts';
import { createMeter, listMeters, readMeter } from './meters.ts';
import { addPlanVersion, createPlan, listPlans, readPlan } from './plans/plans.ts';
import { assignSubject, listPoints, readPoint } from './points.ts';
import { readQuarantine } from './quarantine/quarantine.ts';
import { addLoggedMails, fence } from './restore/fence.ts';
import { closeForRestore, readRestore, reconcile, reopen } from './restore/restore.ts';
import { get, onTestStages, patch, post, type Route } from './route.ts';
import { listRuns, readRun, requestRun } from './runs/billing-runs.ts';
import { createSubscription, listSubscriptions, readSubscription } from './subscriptions.ts';
import { advanceTestClock, readTestClock } from './test-clock.ts';

// prettier-ignore -- a table reads by its columns
export const routes: readonly Route[] = [
  post('/v1/meters', 'admin', createMeter, 'Create a meter'),
  get('/v1/meters', 'read', listMeters, 'List meters'),
  get('/v1/meters/{key}', 'read', readMeter, 'Read a meter'),

  post('/v1/plans', 'admin', createPlan, 'Create a plan and its version 1'),
  post('/v1/plans/{key}/versions', 'admin', addPlanVersion, 'Add a version to a plan'),
  get('/v1/plans', 'read', listPlans, 'List plans'),
  get('/v1/plans/{key}', 'read', readPlan, 'Read a plan with its versions'),

  post('/v1/customers', 'admin', createCustomer, 'Create a customer'),
  get('/v1/customers', 'read', listCustomers, 'List customers'),
  get('/v1/customers/{id}', 'read', readCustomer, 'Read a customer'),
  patch('/v1/customers/{id}', 'admin', changeCustomer, 'Change a customer'),
  get(
    '/v1/customers/{id}/usage',
    'read',
    readCustomerUsage,
    'Read what a customer has used so far, and what it comes to',
  ),

  post('/v1/points', 'admin', assignSubject, 'Assign a usage point to a customer, from a time on'),
  get('/v1/points', 'read', listPoints, 'List usage points'),
  get('/v1/points/{subject}', 'read', readPoint, 'Read a usage point'),

  post('/v1/subscriptions', 'admin', createSubscription, 'Subscribe a customer to a plan'),
  get('/v1/subscriptions', 'read', listSubscriptions, 'List subscriptions'),
  get('/v1/subscriptions/{id}', 'read', readSubscription, 'Read a subscription'),

  get('/v1/invoices', 'read', listInvoices, 'List invoices'),
  get('/v1/invoices/{id}', 'read', readInvoice, 'Read an invoice with its lines and payments'),
  get('/v1/invoices/{id}/pdf', 'read', readInvoicePdf, 'Read an invoice as PDF'),
  get('/v1/invoices/{id}/trace', 'read', traceInvoice, 'Explain every line of an invoice'),

  post('/v1/billing-runs', 'admin', requestRun, 'Ask for the nightly run now'),
  get('/v1/billing-runs', 'read', listRuns, 'List billing runs'),
  get('/v1/billing-runs/{id}', 'read', readRun, 'Read a billing run with what became of each period'),
  get('/v1/quarantine', 'read', readQuarantine, 'Read what usage could not be billed, and why'),

  post('/v1/billing-entities', 'admin', createBillingEntity, 'Create a billing entity'),
  get('/v1/billing-entities', 'read', listBillingEntities, 'List billing entities'),

  post('/v1/api-keys', 'admin', createApiKey, 'Create an API key'),
  get('/v1/api-keys', 'admin', listApiKeys, 'List API keys'),
  post('/v1/api-keys/{id}/revoke', 'admin', revokeApiKey, 'Revoke an API key'),

  post('/v1/restore', 'admin', closeForRestore, 'Close books that were restored from a backup'),
  get('/v1/restore', 'read', readRestore, 'Read how far restored books are in line with the world'),
  post('/v1/restore/mails', 'admin', addLoggedMails, 'Say which mails went out since the moment restored to'),
  post('/v1/restore/fence', 'admin', fence, 'Fence off the numbers given since, and let work go on'),
  post('/v1/restore/reconcile', 'admin', reconcile, 'Look for the payments made since'),
  post('/v1/restore/reopen', 'admin', reopen, 'Open reconciled books to payments again'),

  onTestStages(get('/v1/test-clock', 'read', readTestClock, 'Read the test clock')),
  onTestStages(post('/v1/test-clock', 'admin', advanceTestClock, 'Move the test clock on')),

  get('/healthz', 'open', readHealth, 'Whether the API answers'),
];
