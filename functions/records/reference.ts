/** A value that may be taken once: put if absent, it is the uniqueness itself. */
export interface Reference {
  readonly kind: 'customer_external_id' | 'number_prefix';
  readonly value: string;
  /** The id of what the value names. */
  readonly names: string;
}
