/**
 * One text and one hash for one value: canonical JSON (RFC 8785) of its plain form,
 * and its SHA-256. Equal values have equal hashes whatever
 * order their keys came in, so a hash can stand for the content.
 */
import canonicalize from 'canonicalize';
import { sha256 } from './sha256.ts';
import { present } from './assert.ts';
import { toPlain } from './plain.ts';

export const canonicalText = (value: unknown): string =>
  present(canonicalize(toPlain(value)), 'a hashed value is JSON');

/** SHA-256, hex. */
export const canonicalHash = (value: unknown): string => sha256(canonicalText(value));
