/**
 * `npm run demo`: three companies' month on the local cloud, and the three bills as a
 * person reads them. `--json` prints one object instead. It ends with 0 only if all
 * three are paid, every event is accounted for and the audit finds nothing. With
 * `DATA_DIR` the folder is kept, and a demo that was killed goes on in it. With
 * `--template` the month is lived by the synthesised templates and their bundles.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { auditCloud } from '../audit-cloud.ts';
import { apiClient } from '../api-client.ts';
import { type Cloud, type CloudOptions, startCloud } from '../cloud.ts';
import { readAssembly } from '../template/assembly.ts';
import { currentAssembly } from '../template/current-assembly.ts';
import { startTemplateCloud } from '../template/template-cloud.ts';
import { demoBegins, liveMonth, type Progress } from './live-month.ts';
import { type DemoReport, printReport, reportOf } from './report.ts';

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, template: { type: 'boolean', default: false } },
  });
  const kept = process.env['DATA_DIR'];
  const dataDir = kept === undefined ? mkdtempSync(join(tmpdir(), 'countinghouse-demo-')) : resolve(kept);
  const began = performance.now();
  const progress = (line: string) => {
    console.error(`${((performance.now() - began) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
  };

  const options = { dataDir, startAt: demoBegins, port: Number(process.env['PORT'] ?? '0') };
  const cloud = await (values.template ? fromTemplates(options, progress) : startCloud(options));
  progress(`the local cloud runs at ${cloud.url}`);
  try {
    await liveMonth(cloud, apiClient(cloud.url, cloud.apiKey), progress);
    progress('auditing');
    const report = await reportOf(cloud, await auditCloud(cloud), (performance.now() - began) / 1_000);
    console.log(values.json ? JSON.stringify(report) : await printReport(cloud, report));
    return isGood(report) ? 0 : 1;
  } finally {
    await cloud.close();
    if (kept === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
};

const fromTemplates = async (options: CloudOptions, progress: Progress): Promise<Cloud> =>
  startTemplateCloud({ ...options, assembly: readAssembly(await currentAssembly(progress)) });

const isGood = ({ invoices, usage, violations }: DemoReport): boolean =>
  invoices.length === 3 &&
  invoices.every(({ status }) => status === 'paid') &&
  usage.accepted === usage.rated + usage.quarantined &&
  violations.length === 0;

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  return 1;
});
