/**
 * `npm start`: the whole platform on this machine. `--clock INSTANT` lets a new data
 * folder begin in the past or future; `DATA_DIR` and `PORT` choose folder and port.
 * `--template` runs what would be deployed: the synthesised templates and their bundles.
 * Ctrl-C stops it; it goes on where it was at the next start.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseInstant } from '#domain/time/instant.ts';
import { type CloudOptions, startCloud } from './cloud.ts';
import { readAssembly } from './template/assembly.ts';
import { currentAssembly } from './template/current-assembly.ts';
import { startTemplateCloud } from './template/template-cloud.ts';

const options = {
  clock: { type: 'string' },
  template: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const help = `npm start [-- --clock 2026-01-01T00:00:00Z] [--template]

  --clock     when a new data folder begins
  --template  runs the synthesised templates and their bundles, which have no test clock
  DATA_DIR    where everything is kept (.data, and .data/template with --template)
  PORT        where it listens, on 127.0.0.1 (4000)`;

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const startAt = values.clock === undefined ? undefined : parseInstant(values.clock);
  if (values.clock !== undefined && startAt === undefined)
    return misused(`--clock ${values.clock} is not an instant such as 2026-01-01T00:00:00Z`);
  const port = Number(process.env['PORT'] ?? '4000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return misused(`PORT ${process.env['PORT'] ?? ''} is not a port`);
  const dataDir = resolve(process.env['DATA_DIR'] ?? (values.template ? '.data/template' : '.data'));
  await serve({ dataDir, port, ...(startAt === undefined ? {} : { startAt }) }, values.template);
  return 0;
};

const serve = async (chosen: CloudOptions, isTemplate: boolean): Promise<void> => {
  const cloudOptions: CloudOptions = {
    ...chosen,
    log: (entry) => {
      console.error(JSON.stringify(entry));
    },
  };
  const cloud = await (isTemplate
    ? startTemplateCloud({ ...cloudOptions, assembly: readAssembly(await currentAssembly(console.error)) })
    : startCloud(cloudOptions));
  console.log(`API key: ${chosen.dataDir}/api-key`);
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
