/** What came of a soak: what was done to the platform, what it did, and what is held against it. */
import type { Violation } from '#domain/audit/violation.ts';
import type { Blackout } from './blackout.ts';
import type { Held } from './resources.ts';

export interface Soaked {
  readonly seed: number;
  readonly seconds: number;
  /** Simulated days under load and kills, without those of the rest. */
  readonly days: number;
  readonly kills: Readonly<Record<string, number>>;
  readonly usage: {
    readonly made: number;
    readonly acknowledged: number;
    readonly resent: number;
    readonly repeated: number;
    /** Acknowledged and not in the log. */
    readonly lost: number;
  };
  readonly customers: number;
  readonly bills: number;
  readonly charges: { readonly succeeded: number; readonly failed: number; readonly pending: number };
  readonly paidByLink: number;
  readonly mails: number;
  readonly schedulesMissed: number;
  readonly deadLettersPutBack: number;
  readonly blackout: Blackout | undefined;
  readonly held: readonly Held[];
  /** Minor units between what the provider took and what the books say was paid, per currency, both ways. */
  readonly unexplained: Readonly<Record<string, string>>;
  readonly violations: readonly Violation[];
  readonly checks: readonly Check[];
}

export interface Check {
  readonly name: string;
  readonly isPassed: boolean;
  /** Why not. */
  readonly because?: string;
}
