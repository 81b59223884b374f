/** An immutable piece of content known by the hash of its canonical JSON; written before the record that names it. */
export interface Part {
  /** Plain JSON with exact texts; money as `{ amount, currency }`. */
  readonly content: unknown;
}
