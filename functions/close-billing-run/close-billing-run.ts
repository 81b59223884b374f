/** Closes a run once every one of its ranges is billed and numbered; what is done is read from the ranges, never counted up. */
import { present } from '#domain/assert.ts';
import { change } from '../handle.ts';
import { nothingToDo, type StepCode } from '../step.ts';

export const closeBillingRun: StepCode<'close-billing-run'> = async ({ data }, { books, now }) => {
  const run = present(await books.get('run', data.run), `run ${data.run} exists`);
  if (run.value.closedAt !== null) return nothingToDo;
  const ranges = await books.list(['runRange'], { run: data.run, range: 0 });
  if (ranges.some(({ value }) => !value.numbered)) return nothingToDo;

  const head = present(await books.get('runHead', 'head'), 'an open run has the head');
  return {
    write: [
      change(run, { ...run.value, closedAt: now }),
      ...(head.value.run === data.run ? [change(head, { ...head.value, open: false })] : []),
    ],
    tell: [{ name: 'run.closed', data: { run: data.run } }],
  };
};
