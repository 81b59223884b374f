/**
 * Texts for the schemas that parse or ask: what a transform or a refinement takes cannot
 * be walked, so those of ours that chance would never meet have their own texts here,
 * around the day the fuzz begins.
 */
import type * as z from 'zod';
import { currencies } from '#domain/money/currency.ts';
import { instantAt } from '#domain/time/instant.ts';
import { usageEventSchema } from '#events/usage.ts';
import { currencyText, dayText, instantText, timeZoneText } from '#events/api/texts.ts';
import { below, type Chance, pick } from '#test/simulation/engine/chance.ts';
import { beginsAt } from '../world/begins-at.ts';

const dayMs = 86_400_000;

const moment = (random: Chance, days: number): string =>
  instantAt(beginsAt + Math.floor((random() * 2 - 1) * days * dayMs));

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Australia/Lord_Howe',
  'Asia/Calcutta',
] as const;

/** Those the world's plans are priced in, more often than all others. */
const usual = ['EUR', 'USD', 'JPY', 'KWD'] as const;

const spelled = (random: Chance): string => {
  const text = moment(random, random() < 0.1 ? 20_000 : 60);
  return pick(random, [
    text,
    text.replace('.000Z', 'Z'),
    text.replace('Z', '+00:00'),
    text.replace('Z', '-03:30'),
    text.replace(/\.(\d+)Z/, '.$1456Z'),
    text.toLowerCase(),
  ]);
};

/** A schema that parses is known by its parsing part, which it shares with its copies that have other words. */
const textOf = new Map<z.core.$ZodType, (random: Chance) => string>([
  [instantText._zod.def.out, spelled],
  [usageEventSchema.shape.time, spelled],
  [dayText._zod.def.out, (random) => moment(random, random() < 0.1 ? 380 : 40).slice(0, 10)],
  [
    currencyText._zod.def.out,
    (random) => (random() < 0.7 ? pick(random, usual) : (currencies[below(random, currencies.length)] ?? 'EUR')),
  ],
  [timeZoneText._zod.def.out, (random) => pick(random, zones)],
]);

export const knownText = (schema: z.core.$ZodType, random: Chance): string | undefined => textOf.get(schema)?.(random);
