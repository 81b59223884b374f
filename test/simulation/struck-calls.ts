/** Which calls were struck, and by what: so that what went wrong can be held against what was done to it. */
import type { DoorCall, Faults } from './engine/faults.ts';
import type { MadeCall } from './simulated.ts';

export interface StruckCall extends MadeCall {
  /** The fault of the door, or what happened to the process. */
  readonly fault: string;
  /** The operation by which its process had last changed something, a transaction or a mail; none where it had not. */
  readonly follows: string | undefined;
}

export const witnessed = (
  faults: Faults,
): { readonly faults: Faults; readonly struck: (calls: readonly MadeCall[]) => readonly StruckCall[] } => {
  const seen: (Pick<DoorCall, 'index'> & { readonly fault: string })[] = [];
  const atCall: Faults['atCall'] = (call) => {
    const fault = faults.atCall(call);
    if (fault !== undefined) seen.push({ index: call.index, fault: 'door' in fault ? fault.door : fault.process });
    return fault;
  };
  return {
    faults: { ...faults, atCall },
    struck: (calls) =>
      seen.flatMap(({ index, fault }) => {
        const call = calls[index];
        if (call === undefined) return [];
        const follows = calls.findLast(
          (each) => each.index < index && each.process === call.process && changes.has(each.operation),
        );
        return [{ ...call, fault, follows: follows?.operation }];
      }),
  };
};

const changes: ReadonlySet<string> = new Set(['TransactWriteItems', 'SendRawEmail']);
