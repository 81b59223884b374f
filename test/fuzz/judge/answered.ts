/** What came back for a request, and what it took. */
export interface Answered {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Of JSON the value, of anything else the text. */
  readonly body: unknown;
  /** Of the processor's time, so that a busy machine makes nobody slow. */
  readonly ms: number;
  readonly writes: number;
}
