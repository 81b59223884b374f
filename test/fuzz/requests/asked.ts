/** A request as it is sent, and what may become of it. */
import type { Target } from './target.ts';

/**
 * taken: it is what the address says it takes, so it succeeds, or is refused for what is
 * recorded and never for its form. refused: it is not. anything: only that nothing breaks.
 */
export type Expected = 'taken' | 'refused' | 'anything';

/** How the bytes of a body come in the event: the flag of base64 can say what is not so. */
export type Carried = 'as base64' | 'as text' | 'as base64 called text' | 'as text called base64';

export interface Asked {
  readonly target: Target;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly carried: Carried;
  readonly expected: Expected;
}
