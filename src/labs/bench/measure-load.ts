import { openLabCluster } from '#cluster/open-lab-cluster.ts';
import { loadPlanSchema } from '#load/plan.ts';
import type { LoadReport } from '#load/report.ts';
import { startLoad } from '../start-load.ts';

/** What one run against a pod that answers at once says of the generator itself. */
export interface GeneratorFigures {
  readonly offered: number;
  readonly sent: number;
  readonly achieved: number;
  readonly failed: number;
  readonly lagP50: number;
  readonly lagP99: number;
  readonly latencyP50: number;
  readonly latencyP99: number;
}

const FILES = {
  'server.ts': `export default { fetch: () => new Response('ok') };`,
  'app.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: trivial }
spec:
  replicas: 1
  selector: { matchLabels: { app: trivial } }
  template:
    metadata: { labels: { app: trivial } }
    spec:
      containers:
        - { name: trivial, image: trivial, ports: [{ containerPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: trivial }
spec:
  selector: { app: trivial }
  ports: [{ port: 80, targetPort: 8080 }]
`,
};

/** Runs the page's own generator at each rate against one trivial pod behind the gateway. */
export async function measureGenerator(
  rates: readonly number[],
  seconds: number,
): Promise<readonly GeneratorFigures[]> {
  const signal = AbortSignal.timeout(300_000);
  const cluster = await openLabCluster({ images: { trivial: 'server.ts' }, models: [], signal });
  try {
    const deployed = await cluster.deploy(FILES);
    if (!deployed.ok) throw new Error(deployed.problems.map(({ message }) => message).join(' '));
    while ((await cluster.fetch(new Request('http://trivial/'))).status !== 200)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const figures: GeneratorFigures[] = [];
    for (const rate of rates) {
      const gateway = await cluster.openGateway();
      const { report } = await startLoad(gateway, planFor(rate, seconds), { signal });
      figures.push(readFigures(report));
    }
    return figures;
  } finally {
    await cluster.close();
  }
}

function readFigures(report: LoadReport): GeneratorFigures {
  const { latency, sendLag, offeredRate, sentRate, achievedRate, outcomes } = report;
  if (!latency || !sendLag) throw new Error('The generator sent nothing.');
  return {
    offered: offeredRate,
    sent: sentRate,
    achieved: achievedRate,
    failed: latency.count - outcomes.ok,
    lagP50: sendLag.p50,
    lagP99: sendLag.p99,
    latencyP50: latency.p50,
    latencyP99: latency.p99,
  };
}

function planFor(rate: number, seconds: number) {
  return loadPlanSchema.parse({
    arrivals: { process: 'poisson', rate },
    durationSeconds: seconds,
    warmupRule: 'tenth',
    seed: 1,
    request: { url: 'http://trivial/' },
  });
}
