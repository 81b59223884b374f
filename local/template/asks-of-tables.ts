/**
 * What IAM is asked about a request to DynamoDB: each item's action on its table or
 * index, with the partition keys it names. An operation that nobody here has learnt to
 * ask about is refused.
 */
import { present } from '#domain/assert.ts';
import type { Deployed, Deployment } from './deployment.ts';
import type { Ask } from './iam.ts';
import { asksOfKey } from './asks-of-key.ts';

type Input = Readonly<Record<string, unknown>>;
type Key = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const asksOfTables = (deployment: Deployment, operation: string, input: Input): readonly Ask[] => {
  const asks = itemsOf(operation, input).map(({ action, table, request }) => {
    const found = deployment.by('AWS::DynamoDB::Table', 'Ref', table);
    const index = typeof request['IndexName'] === 'string' ? request['IndexName'] : undefined;
    const leading = leadingKeys(request, partitionKeyOf(found, index));
    return {
      action: `dynamodb:${action}`,
      resource: [found.attributes['Arn'] ?? '', ...(index === undefined ? [] : ['index', index])].join('/'),
      context: leading.length === 0 ? {} : { 'dynamodb:LeadingKeys': leading },
    };
  });
  const tables = new Set(itemsOf(operation, input).map(({ table }) => table));
  return [
    ...asks,
    // The table's own key is opened in the name of whoever asks, for a read as for a write.
    ...[...tables].flatMap((table) =>
      asksOfKey(
        deployment,
        deployment.by('AWS::DynamoDB::Table', 'Ref', table).properties.SSESpecification?.KMSMasterKeyId,
        'dynamodb',
        ['Decrypt'],
      ),
    ),
  ];
};

interface AskedItem {
  readonly action: string;
  readonly table: string;
  /** Holds `Item`, `Key`, `Keys` or a key condition. */
  readonly request: Input;
}

const itemsOf = (operation: string, input: Input): readonly AskedItem[] => {
  switch (operation) {
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
    case 'Query':
    case 'Scan':
      return [{ action: operation, table: String(input['TableName']), request: input }];
    case 'BatchGetItem':
      return Object.entries(input['RequestItems'] as Record<string, Input>).map(([table, request]) => ({
        action: operation,
        table,
        request,
      }));
    case 'TransactWriteItems':
      return (input['TransactItems'] as readonly Readonly<Record<string, Input>>[]).flatMap((item) =>
        Object.entries(item).map(([kind, request]) => ({
          action: `${kind}Item`,
          table: String(request['TableName']),
          request,
        })),
      );
    default:
      throw new Error(`a function called ${operation}, of which nobody knows what IAM would be asked`);
  }
};

const partitionKeyOf = ({ properties }: Deployed<'AWS::DynamoDB::Table'>, index: string | undefined): string => {
  const schema =
    index === undefined
      ? properties.KeySchema
      : properties.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index)?.KeySchema;
  return present(
    schema?.find(({ KeyType }) => KeyType === 'HASH'),
    `index ${index ?? ''} has a partition key`,
  ).AttributeName;
};

const leadingKeys = (request: Input, partitionKey: string): readonly string[] => {
  const named = [request['Item'], request['Key'], ...((request['Keys'] as readonly unknown[] | undefined) ?? [])];
  const texts = named.flatMap((key) => (key as Key | undefined)?.[partitionKey]?.['S'] ?? []);
  const condition = request['KeyConditionExpression'];
  return [...new Set(typeof condition === 'string' ? [...texts, queried(request, condition, partitionKey)] : texts)];
};

/** The partition that a key condition such as `#pk = :pk AND sk > :sk` is about. */
const queried = (request: Input, condition: string, partitionKey: string): string => {
  const names = (request['ExpressionAttributeNames'] ?? {}) as Readonly<Record<string, string>>;
  const values = (request['ExpressionAttributeValues'] ?? {}) as Key;
  const equals = [...condition.matchAll(/(#?\w+)\s*=\s*(:\w+)/g)];
  const [, , value = ''] = equals.find(([, name = '']) => (names[name] ?? name) === partitionKey) ?? [];
  return present(values[value]?.['S'], `"${condition}" says which ${partitionKey} is meant`);
};
