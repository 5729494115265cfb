import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const file = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);

/** Heap in the middle of one run, with everything it holds, after about 50,000 and 1,000,000 requests. */
const CODE = `
  import { createMeasurement } from ${file('engine/measure.ts')};
  import { createNativeDecider } from ${file('engine/native-decider.ts')};
  import { createRun } from ${file('engine/run.ts')};
  import { scenarioSchema } from ${file('scenario.ts')};
  const scenario = scenarioSchema.parse({
    seed: 1,
    arrivals: { kind: 'poisson', phases: [{ ratePerSecond: 160, durationMs: null }], maxArrivals: 2e6 },
    work: { kind: 'time', service: { kind: 'exponential', meanMs: 10 } },
    pools: [{ name: 'triage', replicas: 4, server: { kind: 'queue' } }],
    // Two tries at 40 % cannot feed a storm, whose queue would truly grow.
    retry: { maxAttempts: 2, perTryTimeoutMs: 60, jitter: 'full', backoffBaseMs: 10 },
    timeoutMs: 1000,
    bucketMs: 1e9,
  });
  const measurement = createMeasurement(scenario);
  const run = createRun(scenario, createNativeDecider(scenario.route, 1), measurement);
  const heap = () => (gc(), process.memoryUsage().heapUsed);
  const step = () => { run.advance(10_000); return measurement.report(run.world, null).latency.count; };
  let few = 0;
  while (few < 50_000) few = step();
  const before = heap();
  let many = few;
  while (many < 1_000_000) many = step();
  console.log(JSON.stringify({ grown: heap() - before, requests: many - few }));`;

test('memory is flat in the number of requests', () => {
  const args = ['--expose-gc', '--input-type=module', '--eval', CODE];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (!stdout) throw new Error(stderr);
  const { grown, requests } = JSON.parse(stdout) as { grown: number; requests: number };
  expect(requests).toBeGreaterThan(900_000);
  // A quarter of a byte for each: the histograms' buckets, and nothing that was kept of a request.
  expect(grown / requests).toBeLessThan(0.25);
});
