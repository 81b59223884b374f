/** Times read off their digits against Date.parse. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantAt } from '#domain/time/instant.ts';
import { usageEventTimes } from './usage-event-times.ts';

test('reads every instant as Date.parse does, whatever came before it', () => {
  const instants = fc.array(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }).map(instantAt), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(instants, (times) => {
      const read = usageEventTimes();
      expect(times.map(read)).toEqual(times.map((time) => Date.parse(time)));
    }),
  );
});
