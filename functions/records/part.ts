/** An immutable piece of content known by the hash of its canonical JSON; written before the record that names it. */
export interface Part {
  /** A value of the domain, in its plain form (see domain/plain.ts). */
  readonly content: unknown;
}
