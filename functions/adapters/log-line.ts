/** The log of a deployment: one JSON line an entry, on standard output. */
export const logLine = (entry: Readonly<Record<string, string | number | boolean | undefined>>): void => {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
};
