/** Every industry we bring samples for, one line each. */
import type { Industry } from './industry.ts';
import { saas } from './saas/saas.ts';
import { telecom } from './telecom/telecom.ts';
import { utility } from './utility/utility.ts';

export const industries = { telecom, utility, saas } as const satisfies Readonly<Record<string, Industry>>;

export type IndustryName = keyof typeof industries;
