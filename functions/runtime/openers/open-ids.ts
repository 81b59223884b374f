/** Opens the port `ids`: new ids, from the clock and chance. */
import { ids } from '../../adapters/ids.ts';
import type { Ids } from '../../ports.ts';
import type { Opening } from './port-openers.ts';

export const openIds = ({ now, random }: Opening): Ids => ids({ now, random });
