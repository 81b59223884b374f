/** Checksums and sizes of message attributes, against figures computed outside this code base. */
import { expect, test } from 'vitest';
import { attributesBytes, attributesChecksum, bodyChecksum, selectAttributes } from './message-attributes.ts';

test('the checksum of a body is the MD5 of its UTF-8 bytes', () => {
  // RFC 1321, appendix A.5.
  expect(bodyChecksum('abc')).toBe('900150983cd24fb0d6963f7d28e17f72');
  expect(bodyChecksum('é')).toBe(bodyChecksum(Buffer.from([0xc3, 0xa9]).toString('utf8')));
});

test('the checksum of attributes is the one AWS computes, whatever their order', () => {
  // 00000006 "tenant" 00000006 "String" 01 00000003 "abc", hashed with coreutils' md5sum.
  expect(attributesChecksum({ tenant: { DataType: 'String', StringValue: 'abc' } })).toBe(
    '82a23268c5dd71611de375013ffe0d53',
  );
  // 00000001 "a" 00000006 "Binary" 02 00000001 ff, then 00000001 "b" 00000006 "Number" 01 00000002 "42".
  const a = { DataType: 'Binary', BinaryValue: '/w==' };
  const b = { DataType: 'Number', StringValue: '42' };
  expect(attributesChecksum({ a, b })).toBe('94fe371824353e6dce6dc0b2da36743c');
  expect(attributesChecksum({ b, a })).toBe('94fe371824353e6dce6dc0b2da36743c');
  expect(attributesChecksum({})).toBeUndefined();
});

test('attributes count with name, type and decoded value', () => {
  // tenant 6 + String 6 + é 2 = 14; a 1 + Binary 6 + one byte 1 = 8.
  const attributes = {
    tenant: { DataType: 'String', StringValue: 'é' },
    a: { DataType: 'Binary', BinaryValue: '/w==' },
  };
  expect(attributesBytes(attributes)).toBe(22);
});

test('a consumer selects attributes by name, by prefix or all', () => {
  const value = { DataType: 'String', StringValue: 'x' };
  const attributes = { 'trace.id': value, 'trace.parent': value, tenant: value };
  const selected = (...wanted: string[]): string[] => Object.keys(selectAttributes(attributes, wanted)).sort();
  expect(selected()).toEqual([]);
  expect(selected('tenant', 'absent')).toEqual(['tenant']);
  expect(selected('trace.*')).toEqual(['trace.id', 'trace.parent']);
  expect(selected('All')).toEqual(['tenant', 'trace.id', 'trace.parent']);
  expect(selected('.*')).toEqual(['tenant', 'trace.id', 'trace.parent']);
});
