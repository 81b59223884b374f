/** What came of a simulated life: what broke, what was called and billed, and the trace that names it. */
import type { DoorCall } from './engine/faults.ts';

export interface Flaw {
  /** The invariant as ARCHITECTURE.md numbers it, or `crash`: something threw that must not. */
  readonly invariant: string;
  readonly what: string;
  readonly keys: readonly string[];
}
export type MadeCall = DoorCall & { readonly process: string };

export interface Simulated {
  readonly flaws: readonly Flaw[];
  readonly traceHash: string;
  readonly turns: number;
  readonly fired: ReadonlyMap<string, number>;
  /** The door calls made before the days of calm began. */
  readonly calls: readonly MadeCall[];
  readonly bills: readonly string[];
  readonly figures: {
    readonly invoices: number;
    readonly charges: number;
    readonly mails: number;
    readonly events: number;
  };
}
