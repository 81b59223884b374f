/** The judge of the fuzz itself: it must hear every kind of wrong answer, or the fuzz would pass whatever we did. */
import { describe, expect, it } from 'vitest';
import { problem } from '#functions/http.ts';
import type { Asked } from '../requests/asked.ts';
import { canary } from '../requests/hostile-values.ts';
import { targets } from '../requests/targets.ts';
import type { Answered } from './answered.ts';
import { complaints } from './complaints.ts';

const targetOf = (name: string) => targets.find((target) => target.name === name)!;

const asked = (changed: Partial<Asked> = {}): Asked => ({
  target: targetOf('POST /v1/billing-runs'),
  method: 'POST',
  path: '/v1/billing-runs',
  query: {},
  headers: {},
  carried: 'as base64',
  expected: 'anything',
  ...changed,
});

const answered = (status: number, text: string, changed: Partial<Answered> = {}): Answered => ({
  status,
  headers: { 'content-type': `application/${status < 400 ? 'json' : 'problem+json'}; charset=utf-8` },
  text,
  body: JSON.parse(text) as unknown,
  ms: 1,
  writes: 0,
  ...changed,
});

const refusal = (status: number, code: string, detail = 'No.') =>
  answered(status, String(problem({ status, code, detail }).body));
const done = answered(202, '{"kind":"nightly","state":"requested","requestedAt":"2026-03-10T12:00:00.000Z"}');
const heard = (answer: Answered, changed?: Partial<Asked>) => complaints(asked(changed), answer, ['s3cret']).join('\n');

describe('an answer', () => {
  it('that is right is not complained of', () => {
    expect(heard(done, { expected: 'taken' })).toBe('');
    expect(heard(refusal(400, 'invalid_request'), { expected: 'refused' })).toBe('');
    expect(heard(refusal(409, 'plan_exists'), { expected: 'taken' })).toBe('');
  });

  it.each([
    ['of 500', refusal(500, 'internal_error'), 'answered 500'],
    ['after more than a second', { ...done, ms: 1_001 }, 'took 1001 ms'],
    [
      'with a secret',
      answered(400, String(problem({ status: 400, code: 'invalid_request', detail: 's3cret' }).body)),
      'tells a secret',
    ],
    ['with a secret in a header', { ...done, headers: { ...done.headers, location: '/s3cret' } }, 'tells a secret'],
    ['that refuses and wrote', { ...refusal(400, 'invalid_request'), writes: 1 }, 'wrote 1 times and refused'],
    ['with a stack', refusal(400, 'invalid_request', 'at checked (file:///x/checked.ts:12:3)'), 'tells of our inside'],
    ['with a class of ours', refusal(400, 'invalid_request', 'ZodError: …'), 'tells of our inside'],
    ['with what was sent', refusal(400, 'invalid_request', canary), 'repeats what was sent'],
    ['that is no problem', answered(400, '{"message":"Bad Request"}'), 'is no problem'],
    [
      'of another media type',
      { ...refusal(400, 'invalid_request'), headers: { 'content-type': 'text/plain' } },
      'is no problem+json',
    ],
    ['of a code nobody knows', refusal(400, 'oops'), 'has the code oops, which is not of 400'],
    ['of a code of another status', refusal(400, 'not_found'), 'has the code not_found, which is not of 400'],
    ['that succeeds with another status', { ...done, status: 200 }, 'succeeds with 200, which is not documented'],
    ['of another shape', answered(202, '{"kind":"nightly"}'), 'does not answer as documented'],
  ])('%s', (_, answer, complaint) => {
    expect(heard(answer)).toContain(complaint);
  });

  it('that refuses the form of what is good', () => {
    expect(heard(refusal(400, 'invalid_request'), { expected: 'taken' })).toContain('refuses what is good');
    expect(heard(refusal(415, 'unsupported_media_type'), { expected: 'taken' })).toContain('refuses what is good');
  });

  it('that takes what is not good', () => {
    expect(heard(done, { expected: 'refused' })).toContain('takes what is not good');
  });

  it('that rejects good usage', () => {
    const some = answered(
      202,
      '{"accepted":1,"duplicates":0,"rejected":[{"index":1,"id":null,"code":"x","message":"x","pointer":"/1"}]}',
    );
    expect(heard(some, { target: targetOf('POST /v1/events'), expected: 'taken' })).toContain('rejects good usage');
  });
});
