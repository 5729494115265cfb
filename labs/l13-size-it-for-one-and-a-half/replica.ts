import type { Calibration } from '#calibration/calibration.ts';
import type { LabCheckContext } from '#labs/check-context.ts';
import { followView, livePods } from '#labs/follow-view.ts';
import { pause } from '#labs/pause.ts';
import { drawTickets } from '#models/draw-tickets.ts';

/** A replica of ours beside the learner's: the same image, no limit, and nobody else's requests. */
const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: calibration
spec:
  replicas: 1
  selector:
    matchLabels:
      app: calibration
  template:
    metadata:
      labels:
        app: calibration
    spec:
      containers:
        - name: triage
          image: triage
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /readyz
              port: http
            periodSeconds: 1
---
apiVersion: v1
kind: Service
metadata:
  name: calibration
spec:
  selector:
    app: calibration
  ports:
    - name: http
      port: 80
      targetPort: http
`;
const FILE = 'calibration.yaml';
/** A cold pod on a slow laptop. Past that it is the machine's doing. */
const LOADING_MS = 40_000;
const TICKETS = 100;

/** Starts the replica that is measured; it loads while something else is checked. */
export async function startReplica({ cluster, files }: LabCheckContext): Promise<void> {
  const applied = await cluster.kubectl(['apply', '-f', FILE], { ...files, [FILE]: MANIFESTS });
  if (applied.exitCode !== 0) throw new Error(applied.stderr);
}

/**
 * One replica on this machine. The bars are multiples of S, so figures that moved meanwhile are good
 * enough; none at all are our trouble and thrown, which costs nothing.
 */
export async function measureReplica(
  context: LabCheckContext,
  signal: AbortSignal,
): Promise<Calibration> {
  await untilReady(context, signal);
  const bodies = drawTickets(context.seed, TICKETS).map(({ text }) => JSON.stringify({ text }));
  const measured = await context.calibrate(
    {
      method: 'POST',
      url: 'http://calibration/classify',
      headers: { 'content-type': 'application/json' },
      bodies,
    },
    signal,
  );
  if (measured.samplesMs.length > 0) return measured;
  throw new Error(`One replica could not be measured. ${measured.reasons.join(' ')}`);
}

async function untilReady({ cluster }: LabCheckContext, signal: AbortSignal): Promise<void> {
  const view = await followView(cluster);
  const startedAt = performance.now();
  try {
    while (!livePods(view.current).some(isReadyReplica)) {
      if (performance.now() - startedAt > LOADING_MS)
        throw new Error(
          `A replica was still loading its model after ${LOADING_MS / 1000} s. Close what else keeps this machine busy and check again.`,
        );
      await pause(50, signal);
    }
  } finally {
    view.stop();
  }
}

function isReadyReplica({ name, ready }: { name: string; ready: boolean }): boolean {
  return ready && name.startsWith('calibration-');
}
