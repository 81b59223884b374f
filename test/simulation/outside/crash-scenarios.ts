/**
 * Short lives whose door calls are to be struck: each has one thing happen from beginning
 * to end, with nothing drawn by chance, and the bills that must come of it written out,
 * whatever happens on the way. Numbers are left out: of several who sign up at once, any
 * may be the first.
 */
import { instantAt } from '#domain/time/instant.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import type { Step, Workload } from './step.ts';
import { mailAddress } from './step.ts';
import { fixedPlan, meters, usagePlans } from './tariffs.ts';

const hourMs = 3_600_000;
/** Five hours before a month ends in UTC. */
const startMs = Date.parse('2026-01-31T19:00:00.000Z');
const at = (hours: number): number => startMs + hours * hourMs;

const [metered] = usagePlans('USD');
const setUp: readonly Step[] = [
  { path: '/v1/meters', body: meters[0] },
  { path: '/v1/plans', body: fixedPlan('USD') },
  { path: '/v1/plans', body: metered },
].map((what) => ({ atMs: startMs, does: 'sets up', ...what }));

const joins = (customer: string, plan: string, paymentMethod?: string): readonly Step[] => {
  const body = {
    externalId: customer,
    name: customer,
    email: mailAddress(customer),
    currency: 'USD',
    timezone: 'UTC',
    ...(paymentMethod === undefined ? {} : { paymentMethod }),
  };
  return [
    { atMs: at(1), does: 'signs up', customer, body },
    { atMs: at(1), does: 'subscribes', customer, plan, startsOn: '2026-01-01' },
  ];
};

const event = (id: string, subject: string, quantity: string): UsageEvent => ({
  id,
  source: 'switch',
  type: 'call.ended',
  subject,
  time: instantAt(at(1)),
  data: { quantity, user: 'user-1' },
});
const uses = (hours: number, ...events: readonly UsageEvent[]): Step => ({ atMs: at(hours), does: 'uses', events });
const life = (days: number, ...steps: readonly (readonly Step[])[]): Workload => ({
  startMs,
  days,
  steps: [...setUp, ...steps.flat()],
});

const flat = fixedPlan('USD').key;

const bill = (customer: string, plan: string, ...lines: readonly string[]): string =>
  [`Countinghouse to ${customer}`, `${plan}, 2026-01-01 to 2026-01-31`, ...lines].join('\n');
const flatBill = (customer: string, state: string): string =>
  bill(customer, 'Flat', 'Monthly fee: 20.00', `Total 20.00 USD, ${state}`);
const notPaid = 'due 2026-02-15';
const members = Array.from({ length: 27 }, (_, i) => `member-${String(10 + i)}`);

/** `aims`: whether the calls of a process are struck; all where it is left out. */
export interface CrashScenario {
  readonly workload: Workload;
  readonly bills: readonly string[];
  readonly aims?: (process: string) => boolean;
}

export const crashScenarios: Readonly<Record<string, CrashScenario>> = {
  'month-end bill paid by card': {
    workload: life(1, joins('ada', metered.key, 'pm_card_visa'), [uses(2, event('e1', 'ada', '30'))]),
    bills: [
      // 30 × 0.0375 = 1.125
      bill('ada', 'metered', 'Calls: 30 call × 0.0375 = 1.13', 'Monthly fee: 20.00', 'Total 21.13 USD, paid'),
    ],
  },
  'declined, then paid': {
    workload: life(5, joins('bob', flat, 'pm_double_declines_1_then_succeeds')),
    bills: [flatBill('bob', 'paid')],
    aims: (process) => !process.startsWith('api'),
  },
  'suspense, then assigned': {
    workload: life(
      1,
      joins('eve', metered.key),
      [uses(2, event('e1', 'sim-1', '40'), event('e2', 'eve', '2'))],
      [{ atMs: at(3), does: 'assigns', customer: 'eve', subject: 'sim-1', from: instantAt(startMs) }],
    ),
    bills: [
      // (40 + 2) × 0.0375 = 1.575
      bill('eve', 'metered', 'Calls: 42 call × 0.0375 = 1.58', 'Monthly fee: 20.00', `Total 21.58 USD, ${notPaid}`),
    ],
  },
  'numbering of many': {
    workload: life(1, ...members.map((member) => joins(member, flat))),
    bills: members.map((member) => flatBill(member, notPaid)),
    aims: (process) => process.startsWith('numbers') || process.startsWith('billing'),
  },
  'paid on a page': {
    workload: life(2, joins('kim', flat), [
      { atMs: at(12), does: 'pays by link', customer: 'kim', paymentMethod: 'pm_card_visa', afterMinutes: 5 },
    ]),
    bills: [flatBill('kim', 'paid')],
    aims: (process) => process.startsWith('money') || process.startsWith('messages'),
  },
  'left on a page, then paid by card': {
    workload: life(5, joins('liv', flat, 'pm_double_declines_1_then_succeeds'), [
      {
        atMs: at(12),
        does: 'pays by link',
        customer: 'liv',
        paymentMethod: 'pm_card_chargeDeclined',
        afterMinutes: 59,
      },
    ]),
    bills: [flatBill('liv', 'paid')],
    aims: (process) => process.startsWith('money'),
  },
  'usage taken in': {
    workload: life(
      1,
      joins('max', metered.key, 'pm_card_visa'),
      Array.from({ length: 6 }, (_, i) =>
        uses(2, event(`e${String(i)}`, 'max', String(i + 1)), event('same', 'max', '7')),
      ),
    ),
    bills: [
      // (1 + 2 + 3 + 4 + 5 + 6 + 7) × 0.0375 = 1.05
      bill('max', 'metered', 'Calls: 28 call × 0.0375 = 1.05', 'Monthly fee: 20.00', 'Total 21.05 USD, paid'),
    ],
    aims: (process) => process.startsWith('usage') || process.startsWith('billing'),
  },
};
