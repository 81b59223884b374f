import { openCrashLife } from '/work/main/test/simulation/crash-points.ts';
import { crashScenarios } from '/work/main/test/simulation/outside/crash-scenarios.ts';
for (const [n, s] of Object.entries(crashScenarios)) {
  const t = performance.now();
  const l = await openCrashLife(s);
  console.log(
    n,
    l.points.length,
    l.faultless.calls.length,
    Math.round(performance.now() - t),
    'ms',
    l.faultless.flaws.slice(0, 3),
    l.faultless.bills.slice(0, 2),
  );
}
