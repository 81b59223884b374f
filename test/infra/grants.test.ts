/** What each function may do, read from the synthesised policies and asked of a simulator of IAM. */
import { beforeAll, describe, expect, it } from 'vitest';
import { journalPartition, layoutKey, numberKey, type UsageItem } from '#functions/adapters/dynamodb/usage-table.ts';
import { outboxPartition } from '#functions/adapters/dynamodb/outbox-page.ts';
import { flow, stepNames } from '#functions/flow.ts';
import { hearersOf } from '#functions/lane-message.ts';
import { type RecordKind, records } from '#functions/records/index.ts';
import { day } from '#domain/time/day.ts';
import { booksReads } from '#infra/needs/books-reads.ts';
import { type FunctionName, functionNeeds, lanesWithQueue } from '#infra/needs/function-needs.ts';
import { resourcesOf } from '#infra/template.ts';
import { unbundledTemplates } from '#infra/unbundled-templates.ts';
import { isAllowed, listed, type Statement, statementsOf } from './policies.ts';
import { type ReadsInSource, readsInSource } from './reads-in-source.ts';
import { account, named, region, resolved } from './resolved.ts';

const templates = unbundledTemplates();
const names = functionNeeds.map(({ name }) => name);
const actionsOf = (name: FunctionName) => statementsOf(templates, name).flatMap(({ Action }) => listed(Action));

const [booksName] = named(templates.stateful, 'AWS::DynamoDB::Table', 'Books');
const [usageName] = named(templates.stateful, 'AWS::DynamoDB::Table', 'Usage');
const table = (name: string) => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
const may = (name: FunctionName, verb: string, leading: string | undefined, on = booksName, index = '') =>
  isAllowed(templates, name, {
    action: `dynamodb:${verb}`,
    resource: `${table(on)}${index}`,
    ...(leading === undefined ? {} : { context: { 'dynamodb:LeadingKeys': [leading] } }),
  });
const whoMay = async (
  verb: string,
  leading: string | undefined,
  on?: string,
  index?: string,
): Promise<FunctionName[]> => {
  const allowed = await Promise.all(names.map((name) => may(name, verb, leading, on, index)));
  return names.filter((_, i) => allowed[i]);
};

const textOf = (key: UsageItem): string => String(key['pk']?.S);

describe('policies', () => {
  it('name every action in full and every resource', () => {
    const policies = resourcesOf(templates.stateless, 'AWS::IAM::ManagedPolicy');
    expect(policies).toHaveLength(names.length + 1);
    for (const [, { Properties }] of policies) {
      const { Statement } = resolved(templates, Properties?.['PolicyDocument']) as {
        Statement: readonly Statement[];
      };
      for (const { Effect, Action, Resource } of Statement) {
        expect(Effect).toBe('Allow');
        expect(listed(Action).filter((action) => action.includes('*'))).toEqual([]);
        expect(listed(Resource).filter((arn) => arn.replace(/^arn:aws:logs:.*:\*$/, '').includes('*'))).toEqual([]);
      }
    }
  });

  it('bound every table statement by leading keys, and refuse a request that names none', () => {
    for (const name of names) {
      for (const { Action, Condition } of statementsOf(templates, name)) {
        if (!listed(Action).some((action) => action.startsWith('dynamodb:'))) continue;
        expect(Condition?.['Null']).toEqual({ 'dynamodb:LeadingKeys': 'false' });
        const leading = listed(Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []);
        expect(leading.length).toBeGreaterThan(0);
        expect(leading.filter((key) => !/^L#[A-Za-z]/.test(key))).toEqual([]);
      }
    }
  });

  it('never let anybody update a record, scan a table, or delete anything but an outbox page', async () => {
    for (const name of names) {
      expect(actionsOf(name)).not.toContain('dynamodb:UpdateItem');
      expect(actionsOf(name)).not.toContain('dynamodb:Scan');
    }
    for (const kind of Object.keys(records) as RecordKind[]) {
      expect([kind, await whoMay('DeleteItem', `L#${records[kind].leading}x`)]).toEqual([kind, []]);
    }
    const tellers = functionNeeds.filter(({ tells }) => tells).map(({ name }) => name);
    expect(await whoMay('DeleteItem', `L#${outboxPartition(0)}`)).toEqual(tellers);
  });

  it('reach no other book, nor a request without keys', async () => {
    for (const verb of ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'ConditionCheckItem']) {
      expect(await whoMay(verb, 'T1#C#cus_x')).toEqual([]);
      expect(await whoMay(verb, undefined)).toEqual([]);
    }
  });
});

describe('writes', () => {
  it.each(Object.keys(records) as RecordKind[])(
    '%s is put by those whose rows write a kind of its partitions',
    async (kind) => {
      const { leading } = records[kind];
      const writers = functionNeeds.filter(({ writes }) => writes.some((each) => records[each].leading === leading));
      expect(await whoMay('PutItem', `L#${leading}x`)).toEqual(writers.map(({ name }) => name));
    },
  );

  it('ledger pages are put by those who number and settle, and by nobody else', async () => {
    expect(await whoMay('PutItem', 'L#LED#acme#2026-03-01#0')).toEqual(['numbers', 'money']);
  });

  it('usage is appended by its own lane alone', async () => {
    const journal = journalPartition('L', day('2026-03-01'), 3);
    expect(await whoMay('PutItem', journal, usageName)).toEqual(['usage']);
    expect(await whoMay('PutItem', textOf(numberKey('L', 7)), usageName)).toEqual(['usage']);
    expect(await whoMay('Query', journal, usageName)).toEqual(['billing', 'api']);
    expect(await whoMay('GetItem', textOf(layoutKey('L')), usageName)).toEqual(['usage', 'billing', 'api']);
    expect(await whoMay('PutItem', textOf(layoutKey('L')), usageName)).toEqual([]);
  });
});

describe('reads', () => {
  let source: Awaited<ReturnType<typeof readsInSource>>;
  beforeAll(async () => {
    source = await readsInSource();
  });

  it.each(names)('of %s are what the source in its bundle reads, no more and no less', (name) => {
    const { unchanged: _, ...table } = booksReads[name];
    const sorted = Object.fromEntries(Object.entries(table).map(([verb, kinds]) => [verb, [...kinds].sort()]));
    expect(sorted).toEqual(source.reads.get(name) satisfies ReadsInSource | undefined);
  });

  it('are all understood, but for the one place that is told the list', () => {
    expect(source.notUnderstood).toEqual(['functions/api/pages.ts: books.index(list, {']);
  });

  it('of names and addresses are left to those who bill, mail and serve people', async () => {
    expect(await whoMay('GetItem', 'L#P#cus_x')).toEqual(['billing', 'messages', 'api']);
    expect(await whoMay('GetItem', 'L#KEY#x')).toEqual(['usage', 'api']);
  });

  it('by index keep to its own lists', async () => {
    expect(await whoMay('Query', 'L#period#3', booksName, '/index/due')).toEqual(['billing']);
    expect(await whoMay('Query', 'L#payment#3', booksName, '/index/due')).toEqual(['housekeeping']);
    expect(await whoMay('Query', 'L#invoice', booksName, '/index/list')).toEqual(['housekeeping', 'api']);
    expect(await whoMay('Query', `L#${outboxPartition(3)}`)).toEqual(['housekeeping']);
  });
});

describe('beyond the tables', () => {
  const senders = async (lane: string) => {
    const [queue] = named(templates.stateless, 'AWS::SQS::Queue', `${lane}queueQueue`);
    const call = { action: 'sqs:SendMessage', resource: `arn:aws:sqs:${region}:${account}:${queue}` };
    const allowed = await Promise.all(names.map((name) => isAllowed(templates, name, call)));
    return names.filter((_, i) => allowed[i]);
  };

  it('a function sends to the lanes that hear what it tells, and the sweeper to all that hear anything', async () => {
    expect(await senders('numbers')).toEqual(['billing', 'housekeeping']);
    expect(await senders('messages')).toEqual(['numbers', 'money', 'housekeeping']);
    const heard = new Set(
      stepNames.flatMap((step) => flow[step].tells.flatMap(hearersOf)).map((step) => flow[step].lane),
    );
    const sweeper = functionNeeds.find(({ sweeps }) => sweeps)!;
    expect(new Set(sweeper.sendsTo)).toEqual(heard);
  });

  it('a function may be fed from its own lane’s queue, put off its messages, and touch no other', async () => {
    for (const lane of lanesWithQueue) {
      const [queue] = named(templates.stateless, 'AWS::SQS::Queue', `${lane}queueQueue`);
      for (const verb of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'ChangeMessageVisibility']) {
        const call = { action: `sqs:${verb}`, resource: `arn:aws:sqs:${region}:${account}:${queue}` };
        const allowed = await Promise.all(names.map((name) => isAllowed(templates, name, call)));
        expect(names.filter((_, i) => allowed[i])).toEqual([lane]);
      }
    }
  });

  it('only the money lane may read Stripe’s key, and only those who check or sign read the others', async () => {
    const readers = async (beginning: string) => {
      const [secret] = named(templates.stateful, 'AWS::SecretsManager::Secret', beginning);
      const call = {
        action: 'secretsmanager:GetSecretValue',
        resource: `arn:aws:secretsmanager:${region}:${account}:secret:${secret}`,
      };
      const allowed = await Promise.all(names.map((name) => isAllowed(templates, name, call)));
      return names.filter((_, i) => allowed[i]);
    };
    expect(await readers('StripeSecret')).toEqual(['money']);
    expect(await readers('ApiKeySecret')).toEqual(['usage', 'api']);
    expect(await readers('PayLinkSecret')).toEqual(['money', 'messages', 'api']);
  });

  it('only the messages lane sends mail, from our address and no other', async () => {
    const resource = `arn:aws:ses:${region}:${account}:identity/countinghouse.example`;
    const from = (address: string) => ({
      action: 'ses:SendRawEmail',
      resource,
      context: { 'ses:FromAddress': address },
    });
    for (const name of names) {
      expect([name, await isAllowed(templates, name, from('billing@countinghouse.example'))]).toEqual([
        name,
        name === 'messages',
      ]);
    }
    expect(await isAllowed(templates, 'messages', from('ceo@countinghouse.example'))).toBe(false);
  });
});
