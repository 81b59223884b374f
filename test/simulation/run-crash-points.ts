/** Strikes the crash points of all scenarios, on all cores: each of them, or every so many-th. */
import { crashLife, type CrashJob, type Struck } from './crash-points.ts';
import { deal } from './deal.ts';
import { crashScenarios } from './outside/crash-scenarios.ts';

export interface CrashPointsRun {
  /** Every every-th point, so that a sample is spread over all of a life. */
  readonly every?: number;
  /** This one alone, as a failure names it. */
  readonly only?: { readonly scenario: string; readonly point: number };
  readonly threads?: number;
  readonly said?: (line: string) => void;
}

const atOnce = 12;

export const runCrashPoints = async ({
  every = 1,
  only,
  threads,
  said = () => undefined,
}: CrashPointsRun): Promise<Struck[]> => {
  const jobs: CrashJob[] = [];
  const found: Struck[] = [];
  for (const scenario of only === undefined ? Object.keys(crashScenarios) : [only.scenario]) {
    const { faultless, points } = await crashLife(scenario);
    const failures = faultless.flaws.map(
      ({ invariant, what }) => `${scenario}, without a fault: ${invariant}: ${what}`,
    );
    found.push({ scenario, points: 0, failures });
    const places = points
      .map((_, place) => place)
      .filter((place) => (only === undefined ? place % every === 0 : place === only.point));
    said(`${scenario}: ${String(places.length)} of ${String(points.length)} crash points`);
    for (let at = 0; at < places.length; at += atOnce) jobs.push({ scenario, places: places.slice(at, at + atOnce) });
  }
  const total = jobs.reduce((sum, { places }) => sum + places.length, 0);
  let done = 0;
  const told = (struck: Struck) => {
    found.push(struck);
    done += struck.points;
    said(
      `${String(done)}/${String(total)} crash points, ${String(found.flatMap(({ failures }) => failures).length)} failed`,
    );
  };
  await deal<CrashJob, Struck>(new URL('crash-worker.ts', import.meta.url), jobs, told, threads);
  return [...Map.groupBy(found, ({ scenario }) => scenario)].map(([scenario, all]) => ({
    scenario,
    points: all.reduce((sum, { points }) => sum + points, 0),
    failures: all.flatMap(({ failures }) => failures),
  }));
};
