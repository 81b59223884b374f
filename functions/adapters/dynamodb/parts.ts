/**
 * Parts: immutable contents stored under their hash, deflated, in pieces that fit
 * an item. They are written before the transaction whose record names them; a part
 * nobody came to name is harmless.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { assert } from '#domain/assert.ts';
import { canonicalText } from '#domain/canonical.ts';
import { fromPlain } from '#domain/plain.ts';
import { sha256 } from '#domain/sha256.ts';
import { type Book, partitionIn } from './book.ts';
import { asOutage } from './as-outage.ts';

const pieceBytes = 350_000;

export const putPart = async (client: DynamoDBClient, table: string, book: Book, content: unknown): Promise<string> => {
  const text = canonicalText(content);
  const hash = sha256(text);
  const bytes = deflateRawSync(Buffer.from(text, 'utf8'));
  const pieces = Math.max(1, Math.ceil(bytes.length / pieceBytes));
  // The last piece goes first: whoever finds piece 0 finds them all.
  for (let i = pieces - 1; i >= 0; i -= 1) {
    const Item = {
      pk: { S: partitionIn(book, `X#${hash}`) },
      sk: { S: String(i) },
      kind: { S: 'part' },
      pieces: { N: String(pieces) },
      bytes: { B: bytes.subarray(i * pieceBytes, (i + 1) * pieceBytes) },
    };
    await client
      .send(new PutItemCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }))
      .catch((error: unknown) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw asOutage('writing a part', error);
      });
  }
  return hash;
};

export const readPart = async (client: DynamoDBClient, table: string, book: Book, hash: string): Promise<unknown> => {
  const pieces: Uint8Array[] = [];
  let start: QueryCommand['input']['ExclusiveStartKey'];
  do {
    const page = await client
      .send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: partitionIn(book, `X#${hash}`) } },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      )
      .catch((error: unknown) => Promise.reject(asOutage('reading a part', error)));
    for (const item of page.Items ?? []) pieces[Number(item['sk']?.S)] = item['bytes']?.B ?? new Uint8Array();
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  assert(pieces.length > 0, `part ${hash} is stored before the record that names it`);
  const text = inflateRawSync(Buffer.concat(pieces)).toString('utf8');
  assert(sha256(text) === hash, `part ${hash} still has the content it is named by`);
  return fromPlain(JSON.parse(text));
};
