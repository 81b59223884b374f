/** The chance of a live deployment: for ids, tokens and waiting times, never for a decision about money. */
export const systemChance = (): number => Math.random();
