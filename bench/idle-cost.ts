/**
 * `npm run cost`: dollars a month for a deployment that nobody uses, a line a kind,
 * counted from the synthesised templates and priced from prices.json. What AWS does by
 * itself while idle (polling queues, firing schedules) is in; storage of what was
 * written is not. Two sums: at list price, and less what an account always has free.
 */
import { readFileSync } from 'node:fs';
import { resourcesOf, type Template } from '#infra/template.ts';
import { unbundledTemplates } from '#infra/unbundled-templates.ts';

interface PriceFile {
  readonly prices: Readonly<Record<string, { readonly usd: string }>>;
  readonly alwaysFree: Readonly<Record<string, number>>;
}
const { prices, alwaysFree } = JSON.parse(readFileSync(new URL('./prices.json', import.meta.url), 'utf8')) as PriceFile;

export interface IdleLine {
  readonly kind: string;
  /** Its name in prices.json. */
  readonly price: string;
  readonly units: number;
}

const hours = 730;
const days = hours / 24;

/**
 * Assumed, where a template does not say: Lambda keeps five long polls of twenty
 * seconds open on each queue it is fed from; a firing reads forty units (a sweep four,
 * a search of an index sixteen or thirty-two) and writes five; a key is asked for five times a firing.
 */
const pollsAMonth = 5 * (3_600 / 20) * hours;
const aFiring = { readUnits: 40, writeUnits: 5, keyRequests: 5, sqsRequests: 2, gbSeconds: 0.5 };

/** Firings a day of `cron(minutes hours * * ? *)`, where each is a number or `0/step`. */
export const firingsADay = (expression: string): number => {
  const [minutes = '', hoursOfDay = ''] = /^cron\((\S+) (\S+) \* \* \? \*\)$/.exec(expression)?.slice(1) ?? [];
  const times = (field: string, whole: number): number => {
    if (field === '*') return whole;
    const step = /^0\/(\d+)$/.exec(field)?.[1];
    if (step !== undefined) return whole / Number(step);
    if (/^\d+$/.test(field)) return 1;
    throw new Error(`not a schedule this file can count: ${expression}`);
  };
  return times(minutes, 60) * times(hoursOfDay, 24);
};

export const idleLines = (templates: readonly Template[]): readonly IdleLine[] => {
  const all = (type: string) => templates.flatMap((template) => resourcesOf(template, type).map(([, each]) => each));
  const queues = templates.flatMap((template) =>
    resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => {
      const [name = ''] = (Properties?.['EventSourceArn'] as { 'Fn::GetAtt': readonly string[] })['Fn::GetAtt'];
      return template.Resources[name]?.Properties?.['FifoQueue'] === true;
    }),
  );
  const firings =
    days *
    all('AWS::Scheduler::Schedule')
      .map(({ Properties }) => firingsADay(String(Properties?.['ScheduleExpression'])))
      .reduce((sum, each) => sum + each, 0);
  return [
    { kind: 'key', price: 'kmsKeyMonth', units: all('AWS::KMS::Key').length },
    { kind: 'uses of the key', price: 'kmsRequest', units: firings * aFiring.keyRequests },
    { kind: 'secrets', price: 'secretMonth', units: all('AWS::SecretsManager::Secret').length },
    { kind: 'alarms', price: 'alarmMonth', units: all('AWS::CloudWatch::Alarm').length },
    // Only the nightly count is ever sent while nothing is wrong: in one hour of each day.
    { kind: 'metrics', price: 'metricMonth', units: 1 / 24 },
    { kind: 'polling of queues', price: 'sqsRequest', units: pollsAMonth * queues.filter((fifo) => !fifo).length },
    { kind: 'polling of FIFO queues', price: 'sqsFifoRequest', units: pollsAMonth * queues.filter(Boolean).length },
    { kind: 'schedules', price: 'scheduleInvocation', units: firings },
    { kind: 'their messages', price: 'sqsRequest', units: firings * aFiring.sqsRequests },
    { kind: 'their functions', price: 'lambdaRequest', units: firings },
    { kind: 'their functions’ time', price: 'lambdaArmGbSecond', units: firings * aFiring.gbSeconds },
    { kind: 'their reads', price: 'dynamodbReadUnit', units: firings * aFiring.readUnits },
    { kind: 'their writes', price: 'dynamodbWriteUnit', units: firings * aFiring.writeUnits },
  ];
};

export interface PricedLine extends IdleLine {
  readonly listUsd: number;
  readonly usd: number;
}

/** Each free allowance is used up in the order of the lines. */
export const pricedLines = (lines: readonly IdleLine[]): readonly PricedLine[] => {
  const left = new Map(Object.entries(alwaysFree));
  return lines.map((line) => {
    const usd = Number(prices[line.price]?.usd);
    if (Number.isNaN(usd)) throw new Error(`prices.json has no price ${line.price}`);
    const free = Math.min(left.get(line.price) ?? 0, line.units);
    left.set(line.price, (left.get(line.price) ?? 0) - free);
    return { ...line, listUsd: line.units * usd, usd: (line.units - free) * usd };
  });
};

export const sumOf = (lines: readonly PricedLine[], column: 'listUsd' | 'usd'): number =>
  lines.reduce((sum, line) => sum + line[column], 0);

if (import.meta.main) {
  const lines = pricedLines(idleLines(Object.values(unbundledTemplates())));
  const dollars = (usd: number): string => usd.toFixed(3).padStart(9);
  console.log(`Idle, USD a month${' '.repeat(31)}units     list     paid`);
  for (const { kind, units, listUsd, usd } of lines) {
    const count = units.toLocaleString('en', { maximumFractionDigits: 2 });
    console.log(`  ${kind.padEnd(34)}${count.padStart(17)}${dollars(listUsd)}${dollars(usd)}`);
  }
  console.log(`  ${'in all'.padEnd(51)}${dollars(sumOf(lines, 'listUsd'))}${dollars(sumOf(lines, 'usd'))}`);
  console.log(
    'The key costs 1 dollar more in its second year and 2 from its third: AWS bills the first two rotations.',
  );
}
