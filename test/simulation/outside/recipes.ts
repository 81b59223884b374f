/**
 * The kinds of months the simulator lives: how many customers, which cards they have, how
 * much they use, and how often something goes wrong on their side.
 */
export interface Recipe {
  readonly days: readonly [least: number, most: number];
  readonly customers: readonly [least: number, most: number];
  readonly cards: readonly [string, ...string[]];
  /** Requests of usage a customer sends in a month; none means a plan without usage. */
  readonly sendings: number;
  /** Chances, a customer: uses a point nobody owns at first; changes the card; comes by the link, each month. */
  readonly suspense: number;
  readonly newCard: number;
  readonly visits: number;
  /** The day of the workload before which nobody comes by the link, for there is hardly a bill yet. */
  readonly visitsFromDay: number;
  /** Minutes from coming to the payment page to paying, one of which is drawn; past an hour the page has expired. */
  readonly waits: readonly [number, ...number[]];
  /** Of a sending: is sent again, now or later; comes days late; repeats an id with another body. */
  readonly repeats: number;
  readonly late: number;
  readonly conflicts: number;
}

const calm: Recipe = {
  days: [33, 45],
  customers: [1, 3],
  cards: ['pm_card_visa'],
  sendings: 4,
  suspense: 0,
  newCard: 0,
  visits: 0,
  visitsFromDay: 1,
  waits: [0, 1, 10, 59, 90],
  repeats: 0.1,
  late: 0.1,
  conflicts: 0.02,
};

const anyCard = [
  'pm_card_visa',
  'pm_card_chargeCustomerFail',
  'pm_card_authenticationRequired',
  'pm_double_declines_1_then_succeeds',
  'pm_double_declines_2_then_succeeds',
  'pm_double_insufficientFunds',
  'pm_card_chargeDeclined',
  'pm_usBankAccount_success',
  'pm_usBankAccount_insufficientFunds',
] as const;

export const recipes = {
  'month-end': calm,
  declined: { ...calm, cards: anyCard.slice(1) as [string, ...string[]], newCard: 0.7, visits: 0.3, sendings: 1 },
  suspense: { ...calm, suspense: 1, sendings: 5, late: 0.3 },
  numbers: { ...calm, days: [33, 34], customers: [26, 30], sendings: 0 },
  checkout: {
    ...calm,
    cards: ['none', 'pm_card_chargeCustomerFail'],
    visits: 1,
    visitsFromDay: 26,
    waits: [0, 59, 75, 90],
    sendings: 1,
  },
  ingest: { ...calm, customers: [1, 2], sendings: 14, repeats: 0.5, late: 0.4, conflicts: 0.1, suspense: 0.4 },
  everything: {
    ...calm,
    days: [40, 80],
    customers: [2, 4],
    cards: [...anyCard, 'none', 'pm_usBankAccount_processing'] as [string, ...string[]],
    sendings: 4,
    suspense: 0.4,
    newCard: 0.4,
    visits: 0.4,
    repeats: 0.3,
    late: 0.3,
    conflicts: 0.05,
  },
} as const satisfies Readonly<Record<string, Recipe>>;
