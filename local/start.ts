/**
 * `npm start`: the whole platform on this machine. `--clock INSTANT` lets a new data
 * folder begin in the past or future; `DATA_DIR` and `PORT` choose folder and port.
 * Ctrl-C stops it; it goes on where it was at the next start.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Instant, parseInstant } from '#domain/time/instant.ts';
import { startCloud } from './cloud.ts';

const options = { clock: { type: 'string' }, help: { type: 'boolean', default: false } } as const;

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(
      'npm start [-- --clock 2026-01-01T00:00:00Z]\n\n  DATA_DIR  where everything is kept (.data)\n  PORT      where it listens, on 127.0.0.1 (4000)',
    );
    return 0;
  }
  const startAt = values.clock === undefined ? undefined : parseInstant(values.clock);
  if (values.clock !== undefined && startAt === undefined)
    return misused(`--clock ${values.clock} is not an instant such as 2026-01-01T00:00:00Z`);
  const port = Number(process.env['PORT'] ?? '4000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return misused(`PORT ${process.env['PORT'] ?? ''} is not a port`);
  await serve(resolve(process.env['DATA_DIR'] ?? '.data'), port, startAt);
  return 0;
};

const serve = async (dataDir: string, port: number, startAt: Instant | undefined): Promise<void> => {
  const cloud = await startCloud({
    dataDir,
    port,
    ...(startAt === undefined ? {} : { startAt }),
    log: (entry) => {
      console.error(JSON.stringify(entry));
    },
  });
  console.log(`API key: ${dataDir}/api-key`);
  console.log(`API reference: ${cloud.url}/docs`);
  console.log(`Countinghouse ready: ${cloud.url}`);
  await new Promise<void>((stop) => {
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
  await cloud.close();
};

const misused = (why: string): number => {
  console.error(why);
  return 2;
};

// A start that failed half way leaves servers listening; there is nothing of theirs to save.
process.exit(
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }),
);
