/** One of our own legal entities: the issuer on the invoice, with its own gapless number series. */
export interface BillingEntity {
  readonly key: string;
  readonly name: string;
  readonly addressLines: readonly string[];
  /** Starts each invoice number: `CH` in `CH-2026-000001`. */
  readonly numberPrefix: string;
}
