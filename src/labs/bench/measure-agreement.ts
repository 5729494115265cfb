import type { Calibration } from '#calibration/calibration.ts';
import { startCalibration } from '#calibration/start-calibration.ts';
import { openLabCluster } from '#cluster/open-lab-cluster.ts';
import type { LabCluster } from '#cluster/lab-cluster.ts';
import { loadPlanSchema, type LoadPlan } from '#load/plan.ts';
import { createSchedule } from '#load/schedule.ts';
import { drawTickets } from '#models/draw-tickets.ts';
import { openSimulator } from '#simulation/open-simulator.ts';
import type { SimulationReport } from '#simulation/report.ts';
import { startLoad } from '../start-load.ts';

const URL = 'http://triage/';
const SECONDS = 20;
/**
 * Tickets of one request: some 5 ms of work. One ticket takes little more than a message between two
 * processes, and a run of it would compare how fast the operating system wakes them.
 */
const TICKETS = 4;
const BODIES = 50;
const ROUNDS = 5;
const MOST_CHANGE = 0.08;
const FILES = {
  'server.ts': `import { load } from 'model';
const model = await load('triage');
export default {
  fetch: async (request: Request) => {
    if (request.method === 'GET') return new Response('ready');
    const labels = [];
    for (const text of await request.json()) labels.push((await model.classify(text)).label);
    return Response.json(labels);
  },
};`,
  'app.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: triage }
spec:
  replicas: 1
  selector: { matchLabels: { app: triage } }
  template:
    metadata: { labels: { app: triage } }
    spec:
      containers:
        - name: triage
          image: triage
          ports: [{ containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 1 }
---
apiVersion: v1
kind: Service
metadata: { name: triage }
spec:
  selector: { app: triage }
  ports: [{ port: 80, targetPort: 8080 }]
`,
};

/** Virtual over real, of one replica at one load. */
export interface Agreement {
  readonly p50: number;
  readonly p95: number;
}

/**
 * Calibrates one replica of triage, loads it to `rho` with a schedule, and runs the same schedule in virtual
 * time. A round in which the machine itself changed, so that a calibration afterwards differs, is repeated.
 */
export async function measureAgreement(rho: number, seed: number): Promise<Agreement> {
  const signal = AbortSignal.timeout(180_000);
  const cluster = await openLabCluster({
    images: { triage: 'server.ts' },
    models: ['triage'],
    signal,
  });
  try {
    await serveOnePod(cluster);
    for (let round = 0; round < ROUNDS; round += 1) {
      const seen = await compareOnce(cluster, rho, seed, signal);
      if (seen) return seen;
    }
    throw new Error(`The machine changed its pace in each of ${ROUNDS} rounds.`);
  } finally {
    await cluster.close();
  }
}

/** null when the machine changed meanwhile. */
async function compareOnce(
  cluster: LabCluster,
  rho: number,
  seed: number,
  signal: AbortSignal,
): Promise<Agreement | null> {
  const before = await calibrateOne(cluster, signal);
  const plan = planFor(rho * before.capacity, seed);
  const { report: real } = await startLoad(await cluster.openGateway(), plan, { signal });
  const after = await calibrateOne(cluster, signal);
  if (!isAlike(before, after)) return null;
  const virtual = await simulateSame(plan, before, signal);
  if (!real.latency || !virtual.latency) throw new Error('A run has no latency.');
  return {
    p50: virtual.latency.p50 / real.latency.p50,
    p95: virtual.latency.p95 / real.latency.p95,
  };
}

async function calibrateOne(cluster: LabCluster, signal: AbortSignal): Promise<Calibration> {
  return startCalibration(await cluster.openGateway(), request(), signal);
}

function isAlike(before: Calibration, after: Calibration): boolean {
  if (before.status !== 'ok' || after.status !== 'ok') return false;
  return [before.capacity / after.capacity, before.serviceMs / after.serviceMs].every(
    (ratio) => Math.abs(ratio - 1) <= MOST_CHANGE,
  );
}

async function serveOnePod(cluster: LabCluster): Promise<void> {
  const deployed = await cluster.deploy(FILES);
  if (!deployed.ok) throw new Error(deployed.problems.map(({ message }) => message).join(' '));
  await cluster.kubectl(['rollout', 'status', 'deployment/triage'], FILES);
}

function request() {
  return {
    method: 'POST' as const,
    url: URL,
    headers: { 'content-type': 'application/json' },
    bodies: Array.from({ length: BODIES }, (_, seed) =>
      JSON.stringify(drawTickets(seed, TICKETS).map(({ text }) => text)),
    ),
  };
}

function planFor(rate: number, seed: number): LoadPlan {
  return loadPlanSchema.parse({
    arrivals: { process: 'poisson', rate },
    durationSeconds: SECONDS,
    warmupSeconds: SECONDS / 10,
    seed,
    request: request(),
  });
}

async function simulateSame(
  plan: LoadPlan,
  { samplesMs, overheadMs }: Calibration,
  signal: AbortSignal,
): Promise<SimulationReport> {
  const simulator = openSimulator();
  const server = { kind: 'queue', concurrency: 1 } as const;
  try {
    const run = await simulator.run(
      {
        seed: plan.seed,
        arrivals: { kind: 'schedule', at: Float64Array.from(createSchedule(plan).at) },
        warmupMs: plan.warmupSeconds * 1000,
        work: { kind: 'time', service: { kind: 'empirical', samplesMs: [...samplesMs] } },
        pools: [{ name: 'triage', replicas: 1, overheadMs, server }],
      },
      null,
      signal,
    );
    return run.report;
  } finally {
    simulator.close();
  }
}
