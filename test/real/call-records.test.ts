/**
 * A telephone exchange's call records of June 2017 (Asterisk, pseudonymised, MIT), by
 * the second. Two traps are in them: the legs of a call share their `uniqueid`, so an
 * event's id needs the leg too; and five legs that nobody answered (a door bell) still
 * carry 108 billable seconds, so the disposition decides what costs, not the seconds.
 */
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { quarantineView } from '#events/api/quarantine.ts';
import { billsRealData, realText, type RealWorld, type SentEvent } from '#test/world/real-data.ts';

const callsFile = 'telecom/asterisk_cdr/cdr.csv';
/** The caller with the most calls: 35 answered, of 9,766 seconds, and 8 that were not. */
const busiest = '253-433-5862';

interface Leg {
  readonly caller: string;
  readonly start: string;
  readonly seconds: string;
  readonly disposition: string;
  readonly uniqueid: string;
}

/** The columns of Asterisk's cdr_csv that a price can depend on; the file has no heading. */
const readLegs = (): readonly Leg[] =>
  parse(realText(callsFile)).map((column) => ({
    caller: column[1]!,
    start: column[9]!,
    seconds: column[13]!,
    disposition: column[14]!,
    uniqueid: column[16]!,
  }));

/** The file's clock is UTC: a uniqueid begins with the second in which the call began, and each agrees. */
const utc = ({ start }: Leg): string => `${start.replace(' ', 'T')}Z`;

const eventsOf = (legs: readonly Leg[]): readonly SentEvent[] => {
  const legsSeen = new Map<string, number>();
  return legs.map((leg) => {
    const nth = (legsSeen.get(leg.uniqueid) ?? 0) + 1;
    legsSeen.set(leg.uniqueid, nth);
    return {
      ...{ id: `${leg.uniqueid}/${nth}`, source: 'asterisk', type: 'call.ended', subject: leg.caller, time: utc(leg) },
      data: { seconds: leg.seconds, disposition: leg.disposition },
    };
  });
};

const secondsOf = (legs: readonly Leg[]): number => legs.reduce((sum, { seconds }) => sum + Number(seconds), 0);
const callersOf = (legs: readonly Leg[]): readonly string[] => [...new Set(legs.map(({ caller }) => caller))];

/** Answered legs by the second; the others are counted, since an event no meter takes would be quarantined. */
const createPlan = async ({ api }: RealWorld): Promise<void> => {
  await api.post('/v1/meters', {
    ...{ key: 'talk', eventType: 'call.ended', aggregation: 'sum', field: 'seconds', unit: 's' },
    filter: { disposition: ['ANSWERED'] },
  });
  await api.post('/v1/meters', {
    ...{ key: 'unanswered', eventType: 'call.ended', aggregation: 'count', unit: 'call' },
    filter: { disposition: ['NO ANSWER', 'BUSY'] },
  });
  const price = { kind: 'usage', model: 'per_unit' };
  await api.post('/v1/plans', {
    ...{ key: 'by_the_second', name: 'By the second', currency: 'EUR' },
    prices: [
      { ...price, key: 'talk', name: 'Calls', meter: 'talk', unitPrice: '0.0005' },
      { ...price, key: 'unanswered', name: 'Unanswered calls', meter: 'unanswered', unitPrice: '0' },
    ],
  });
};

const subscribeExchange = ({ subscribe }: RealWorld, callers: readonly string[]): Promise<string> =>
  subscribe({
    ...{ name: 'The Exchange', currency: 'EUR', timezone: 'UTC', plan: 'by_the_second', startsOn: '2017-06-01' },
    ...{ points: callers, pointsFrom: '2017-06-01T00:00:00Z' },
  });

const asPrinted = ({ lines }: Awaited<ReturnType<RealWorld['billOf']>>): readonly string[] =>
  lines.map(
    ({ name, quantity, unit, unitPrice, amount }) => `${name}: ${quantity} ${unit} × ${unitPrice} = ${amount.amount}`,
  );

billsRealData(
  'A week of calls: answered ones by the second, unanswered ones for nothing',
  { files: [callsFile], from: '2017-06-30T12:00:00.000Z' },
  async (world) => {
    const legs = readLegs();
    const answered = legs.filter(({ disposition }) => disposition === 'ANSWERED');
    expect([legs.length, answered.length]).toEqual([218, 133]);
    expect([secondsOf(legs), secondsOf(answered)]).toEqual([38_947, 38_839]);
    expect(legs.map((leg) => Date.parse(utc(leg)) / 1_000)).toEqual(
      legs.map(({ uniqueid }) => Number(uniqueid.split('.')[0])),
    );
    const events = eventsOf(legs);
    expect(new Set(events.map(({ id }) => id)).size).toBe(218);
    expect(new Set(legs.map(({ uniqueid }) => uniqueid)).size).toBe(174);

    await createPlan(world);
    const exchange = await subscribeExchange(world, callersOf(legs));
    await world.send(events, 'batch');
    await world.moveClockTo('2017-07-02T12:00:00Z');

    const bill = await world.billOf(exchange);
    // 38,839 × 0.0005 = 19.4195; with the 108 seconds nobody talked it would be 19.4735, which is 19.47.
    expect(asPrinted(bill)).toEqual(['Calls: 38839 s × 0.0005 = 19.42', 'Unanswered calls: 85 call × 0 = 0.00']);
    expect(bill).toMatchObject({ status: 'paid', total: { amount: '19.42', currency: 'EUR' } });
    expect(bill.lines.map(({ usage }) => usage?.events)).toEqual([133, 85]);
    expect(await world.account()).toMatchObject({ accepted: 218, rated: 218, suspense: 0, quarantined: 0 });
  },
);

billsRealData(
  'Calls of a number nobody owns stay in suspense, and every leg is in one place',
  { files: [callsFile], from: '2017-06-30T12:00:00.000Z' },
  async (world) => {
    const legs = readLegs();
    await createPlan(world);
    const exchange = await subscribeExchange(
      world,
      callersOf(legs).filter((caller) => caller !== busiest),
    );
    await world.send(eventsOf(legs), 'batch');
    await world.moveClockTo('2017-07-02T12:00:00Z');

    // 38,839 − 9,766 = 29,073 seconds × 0.0005 = 14.5365; 85 − 8 calls were not answered.
    expect(asPrinted(await world.billOf(exchange))).toEqual([
      'Calls: 29073 s × 0.0005 = 14.54',
      'Unanswered calls: 77 call × 0 = 0.00',
    ]);
    const { data } = quarantineView.parse(await world.api.get('/v1/quarantine'));
    expect(data).toMatchObject([{ reason: 'suspense', subject: busiest, count: 43, run: null }]);
    // 218 = (133 − 35) + (85 − 8) + 43
    expect(await world.account()).toEqual({
      ...{ accepted: 218, duplicates: 0, rated: 175, suspense: 43 },
      ...{ quarantined: 0, pending: 0, unsubscribed: 0 },
    });
  },
);
