/**
 * Nine days of a household's hourly readings in the standard's own sample file
 * (Green Button, Apache-2.0), where every reading carries its cost. Our bill is held
 * against those costs: the exact amounts to the last place, and what is due as the sum
 * of lines that were each rounded once.
 */
import { XMLParser } from 'fast-xml-parser';
import { expect } from 'vitest';
import * as z from 'zod';
import { billsRealData, realText, type SentEvent } from '#test/world/real-data.ts';

const readingsFile = 'utility/green_button/TestGBDataHourlyNineDaysBinnedDaily.xml';
const tariffFile = 'demo_cases/D1_green_button_tou_9days.json';

interface Reading {
  readonly startsAt: Date;
  readonly wh: bigint;
  /** In hundred-thousandths of a dollar, as the file states it. */
  readonly cost: bigint;
}

/** The part of an ESPI feed that holds readings; its other entries describe the meter. */
const reading = z.object({ cost: z.string(), value: z.string(), timePeriod: z.object({ start: z.string() }) });
const block = z.object({ IntervalReading: z.array(reading) });
const readingsFeed = z.object({
  feed: z.object({ entry: z.array(z.object({ content: z.object({ IntervalBlock: block.optional() }) })) }),
});

const readReadings = (): readonly Reading[] => {
  const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'IntervalReading' });
  const { feed } = readingsFeed.parse(parser.parse(realText(readingsFile)));
  return feed.entry.flatMap(({ content }) =>
    (content.IntervalBlock?.IntervalReading ?? []).map(({ cost, value, timePeriod }) => ({
      startsAt: new Date(Number(timePeriod.start) * 1_000),
      wh: BigInt(value),
      cost: BigInt(cost),
    })),
  );
};

const hours = z.array(z.number()).length(24);
const tariffCase = z.object({
  tariff_inferred_exactly_from_source: z.object({
    usd_per_kWh_weekday_by_UTC_hour: hours,
    usd_per_kWh_weekend_by_UTC_hour: hours,
  }),
});

/** Cents a kilowatt-hour at a time. The table's hours and weekdays are UTC, though the file's clock is five hours behind. */
const readTariff = (): ((at: Date) => bigint) => {
  const { tariff_inferred_exactly_from_source: table } = tariffCase.parse(JSON.parse(realText(tariffFile)));
  const centsOf = (dollars: number) => BigInt(String(dollars).replace('0.', '').padEnd(2, '0'));
  const weekday = table.usd_per_kWh_weekday_by_UTC_hour.map(centsOf);
  const weekend = table.usd_per_kWh_weekend_by_UTC_hour.map(centsOf);
  return (at) => ([0, 6].includes(at.getUTCDay()) ? weekend : weekday)[at.getUTCHours()]!;
};

/** A whole number of thousandths as a decimal: 273 Wh are 0.273 kWh. */
const inThousands = (thousandths: bigint): string =>
  `${thousandths / 1_000n}.${String(thousandths % 1_000n).padStart(3, '0')}`;

/** A decimal as a whole number of hundred-thousandths: 0.7839 is 78390. */
const inHundredThousandths = (decimal: string): bigint => {
  const [whole = '', places = ''] = decimal.split('.');
  return BigInt(whole + places.padEnd(5, '0'));
};

const sum = (numbers: readonly bigint[]): bigint => numbers.reduce((total, each) => total + each, 0n);

billsRealData(
  'Nine days of hourly readings cost what the utility says they cost',
  { files: [readingsFile, tariffFile], from: '2014-01-31T12:00:00.000Z' },
  async ({ api, subscribe, send, moveClockTo, billOf }) => {
    const readings = readReadings();
    const centsAt = readTariff();
    const costsAt = (cents: bigint) =>
      readings.filter(({ startsAt }) => centsAt(startsAt) === cents).map(({ cost }) => cost);
    expect(readings).toHaveLength(216);
    // Wh × ct/kWh is in hundred-thousandths of a dollar. Were one hour in the wrong band, its cost would not agree.
    expect(readings.map(({ wh, startsAt }) => wh * centsAt(startsAt))).toEqual(readings.map(({ cost }) => cost));

    const bands = [3n, 6n, 9n, 12n, 15n, 18n, 24n, 30n];
    const keyOf = (cents: bigint) => `band_${cents}`;
    for (const cents of bands) {
      await api.post('/v1/meters', {
        ...{ key: keyOf(cents), eventType: 'meter.read', aggregation: 'sum', field: 'kwh', unit: 'kWh' },
        filter: { band: [keyOf(cents)] },
      });
    }
    await api.post('/v1/plans', {
      ...{ key: 'time_of_use', name: 'Time of use', currency: 'USD' },
      prices: bands.map((cents) => ({
        ...{ key: keyOf(cents), name: `Energy at ${cents} ct`, kind: 'usage', meter: keyOf(cents), model: 'per_unit' },
        unitPrice: `0.${String(cents).padStart(2, '0')}`,
      })),
    });
    const household = await subscribe({
      ...{ name: 'Green Button Household', currency: 'USD', timezone: 'America/New_York' },
      ...{ plan: 'time_of_use', startsOn: '2014-01-01' },
      ...{ points: ['usage-point-2'], pointsFrom: '2014-01-01T05:00:00Z' },
    });

    const events = readings.map(({ startsAt, wh }): SentEvent => ({
      ...{ id: `reading-${startsAt.toISOString()}`, source: 'green-button', type: 'meter.read' },
      ...{ subject: 'usage-point-2', time: startsAt.toISOString() },
      data: { kwh: inThousands(wh), band: keyOf(centsAt(startsAt)) },
    }));
    await send(events, 'gzipped lines');
    await moveClockTo('2014-02-02T12:00:00Z');

    const { lines, total, ...bill } = await billOf(household);
    expect(bill).toMatchObject({
      ...{ status: 'paid', supplyFrom: '2014-01-01T05:00:00.000Z', supplyUntil: '2014-02-01T05:00:00.000Z' },
    });
    expect(lines.map(({ name, amount }) => `${name}: ${amount.amount}`)).toEqual([
      'Energy at 3 ct: 0.78',
      'Energy at 6 ct: 5.49',
      'Energy at 9 ct: 0.49',
      'Energy at 12 ct: 2.49',
      'Energy at 15 ct: 1.23',
      'Energy at 18 ct: 2.75',
      'Energy at 24 ct: 3.67',
      'Energy at 30 ct: 5.16',
    ]);
    // 0.78 + 5.49 + 0.49 + 2.49 + 1.23 + 2.75 + 3.67 + 5.16
    expect(total).toEqual({ amount: '22.06', currency: 'USD' });

    const exact = lines.map((line) => inHundredThousandths(line.exact));
    expect(exact).toEqual(bands.map((cents) => sum(costsAt(cents))));
    expect(sum(exact)).toBe(2_205_567n); // 22.05567 USD, the sum of the file's costs
    expect(sum(lines.map(({ quantity }) => inHundredThousandths(quantity)))).toBe(19_956_300n); // 199.563 kWh
    expect(lines.map(({ usage }) => usage?.events)).toEqual(bands.map((cents) => costsAt(cents).length));
  },
);
