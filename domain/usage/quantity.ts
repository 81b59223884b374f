/**
 * The quantity a field's text names, where it names one within the limits of a
 * usage event. Plain numbers have a fast judgement here and all other texts the
 * exact one; a test holds the two to the same answers.
 */
import { type Decimal, parseDecimal } from '../money/decimal.ts';
import { quantityLimits } from './usage-event.ts';

const mostWhole = 10 ** 15;

/** The quantity, or undefined where the text is no plain decimal, too great, or has too many places. */
export const quantityOf = (text: string): Decimal | undefined => {
  const value = parseDecimal(text);
  if (value === undefined || value.scale > quantityLimits.places) return undefined;
  const most = quantityLimits.magnitude * 10n ** BigInt(value.scale);
  return value.digits <= most && value.digits >= -most ? value : undefined;
};

/** Whether a plain number (mantissa below 2^51) is a quantity: with a place or more, none is too great. */
export const isPlainQuantity = (mantissa: number, scale: number): boolean =>
  scale <= quantityLimits.places && (scale > 0 || Math.abs(mantissa) <= mostWhole);
