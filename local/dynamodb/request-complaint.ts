/**
 * What a well-formed request must also be to make sense: valid values, parsable expressions,
 * parameters that go together. Each check returns the text of the first complaint, in AWS's words.
 */
import type { Item } from './attribute-value.ts';
import { convertKeyCondition, requestModule, validateAttributeValue, validateConditions } from './dynalite-modules.ts';
import { validateExpressionParams } from './dynalite-modules.ts';
import type { ParsedCondition } from './dynalite-modules.ts';
import type { Expressions } from './expressions.ts';
import { parseExpressions } from './expressions.ts';
import type { BatchedWrite, KeysToGet, Operation, ScanRequest } from './requests.ts';

type Complaint = string | undefined;

interface Data extends Expressions {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ExclusiveStartKey?: Item;
  readonly ReturnValues?: string;
  readonly RequestItems?: Readonly<Record<string, object>>;
  readonly _keyCondition?: ParsedCondition;
}

const USED_EXPRESSIONS: Partial<Record<Operation, readonly (keyof Expressions)[]>> = {
  GetItem: ['ProjectionExpression'],
  PutItem: ['ConditionExpression'],
  UpdateItem: ['UpdateExpression', 'ConditionExpression'],
  DeleteItem: ['ConditionExpression'],
  Query: ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression'],
  Scan: ['ProjectionExpression', 'FilterExpression'],
};

export function requestComplaint(operation: Operation, data: Data): Complaint {
  if (operation === 'CreateTable') return requestModule('CreateTable').custom?.(data, {});
  if (operation === 'BatchGetItem') return complaintAboutGets(data.RequestItems as Record<string, KeysToGet>);
  if (operation === 'BatchWriteItem') return complaintAboutWrites(data.RequestItems as Record<string, BatchedWrite[]>);
  const expressions = USED_EXPRESSIONS[operation];
  if (!expressions) return undefined;
  return (
    complaintAboutValues(data.Item ?? data.Key ?? data.ExclusiveStartKey) ??
    complaintAboutReturn(operation, data.ReturnValues) ??
    validateExpressionParams(data, [...expressions], []) ??
    parseExpressions(data) ??
    (operation === 'Query' ? convertKeys(data) : undefined) ??
    (operation === 'Scan' ? complaintAboutSegment(data) : undefined)
  );
}

function complaintAboutValues(item: Item | undefined): Complaint {
  for (const name in item) {
    const complaint = validateAttributeValue(item[name] ?? {});
    if (complaint) return complaint;
  }
  return undefined;
}

function complaintAboutReturn(operation: Operation, wanted: string | undefined): Complaint {
  if (operation === 'UpdateItem' || wanted === undefined || wanted === 'ALL_OLD' || wanted === 'NONE') return undefined;
  return 'ReturnValues can only be ALL_OLD or NONE';
}

/** Turns the parsed key condition into one condition an attribute, under `KeyConditions`. */
function convertKeys(data: Data): Complaint {
  if (!data._keyCondition) return 'The KeyConditionExpression parameter must be specified in the request.';
  const conditions = convertKeyCondition(data._keyCondition.expression);
  if (typeof conditions === 'string') return conditions;
  Object.assign(data, { KeyConditions: conditions });
  return validateConditions(conditions);
}

function complaintAboutSegment({ Segment: segment, TotalSegments: total }: Partial<ScanRequest>): Complaint {
  if (segment === undefined && total === undefined) return undefined;
  if (segment === undefined || total === undefined) return 'Segment and TotalSegments must be given together';
  if (segment < total) return undefined;
  return (
    'The Segment parameter is zero-based and must be less than parameter TotalSegments: ' +
    `Segment: ${segment} is not less than TotalSegments: ${total}`
  );
}

function complaintAboutGets(requests: Readonly<Record<string, KeysToGet>>): Complaint {
  const all = Object.values(requests);
  if (all.flatMap((request) => request.Keys).length > 100) return 'Too many items requested for the BatchGetItem call';
  for (const request of all) {
    const complaint =
      validateExpressionParams(request, ['ProjectionExpression'], []) ??
      parseExpressions(request as Expressions) ??
      request.Keys.map(complaintAboutValues).find((each) => each !== undefined);
    if (complaint) return complaint;
    const keys = request.Keys.map((key) => JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1))));
    if (new Set(keys).size < keys.length) return 'Provided list of item keys contains duplicates';
  }
  return undefined;
}

const complaintAboutWrites = (requests: Readonly<Record<string, readonly BatchedWrite[]>>): Complaint =>
  Object.values(requests)
    .flat()
    .map((write) => complaintAboutValues(write.PutRequest?.Item ?? write.DeleteRequest?.Key))
    .find((complaint) => complaint !== undefined);
