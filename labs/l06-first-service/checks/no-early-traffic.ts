import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import type { RequestResult } from '#load/report.ts';
import { describePods, followView, livePods, type ViewWatch } from '#labs/follow-view.ts';
import { pause } from '#labs/pause.ts';
import { findLoadingPod } from '../loading.ts';
import { describeFailures, planTraffic, readPrediction, type Prediction } from '../traffic.ts';

/** Steady traffic before the pod goes. */
const BEFORE_MS = 300;
/** A replacement that has not taken over by then never will. */
const PATIENCE_MS = 12_000;
/**
 * Each file of the model comes that much later. A quick machine loads it before a pod that says too early
 * that it is ready gets its first request, and a node that is new to a model never does.
 */
const VOLUME_DELAY_MS = 400;
/** Requests that the new pod gets before it counts as taken over: all of a second if it is early. */
const TAKEN_OVER = 25;

const check: LabCheck = {
  id: 'no-early-traffic',
  title: 'A pod can be replaced without a failed request',
  instruction: '4',
  points: 4,
  hint: 'Delete a pod under load and read the request log beside `kubectl get pods`: when did the new pod become ready, and when had it loaded its model? server.ts offers two health endpoints, and only one of them knows about the model.',
  async run(context, signal) {
    const view = await followView(context.cluster);
    const ended = new AbortController();
    const arrivals = { process: 'poisson', rate: 80 } as const;
    const plan = planTraffic(context, { arrivals, durationSeconds: 20 }, 2);
    await context.cluster.slowVolumes(VOLUME_DELAY_MS);
    try {
      const traffic = context.load(plan, AbortSignal.any([signal, ended.signal]));
      const replaced = await replacePod(context, view, signal).finally(() => ended.abort());
      const { results } = await traffic;
      await refuseSlowness(context, view, replaced);
      return judge(context, replaced, results);
    } finally {
      view.stop();
    }
  },
};

export default check;

interface Replacement {
  readonly deleted: string;
  /** null when no new pod took traffic in time. */
  readonly pod: string | null;
  /** The pods at the end, with their states. */
  readonly pods: string;
}

async function replacePod(
  { cluster, files, random }: LabCheckContext,
  view: ViewWatch,
  signal: AbortSignal,
): Promise<Replacement> {
  await pause(BEFORE_MS, signal);
  const before = livePods(view.current).map(({ name }) => name);
  const deleted = before[Math.floor(random() * before.length)];
  if (!deleted) throw new Error('There is no pod to delete.');
  const printed = await cluster.kubectl(['delete', 'pod', deleted, '--wait=false'], files);
  if (printed.exitCode !== 0) throw new Error(`kubectl delete pod failed: ${printed.stderr}`);
  for (const startedAt = performance.now(); performance.now() - startedAt < PATIENCE_MS;) {
    await pause(50, signal);
    const pod = livePods(view.current).find(
      ({ name, requests }) => !before.includes(name) && requests.total >= TAKEN_OVER,
    );
    if (pod) return { deleted, pod: pod.name, pods: describePods(view.current) };
  }
  return { deleted, pod: null, pods: describePods(view.current) };
}

/** A new pod that is still loading after all that time is the machine's doing, not the learner's. */
async function refuseSlowness(
  context: LabCheckContext,
  view: ViewWatch,
  { pod }: Replacement,
): Promise<void> {
  const loading = pod === null ? await findLoadingPod(context, view) : null;
  if (loading === null) return;
  throw new Error(
    `Pod ${loading} was still loading its model after ${PATIENCE_MS / 1000} s. Close what else keeps this machine busy and check again.`,
  );
}

function judge(
  { notes }: LabCheckContext,
  { deleted, pod, pods }: Replacement,
  all: readonly RequestResult[],
) {
  const predictions = notes.get('predictions') as readonly Prediction[];
  const results = all.filter(({ outcome }) => outcome !== 'cancelled');
  const failed = results.filter(({ outcome }) => outcome !== 'ok');
  const wrong = results.filter(
    (result) => result.outcome === 'ok' && !isAsBefore(result, predictions),
  );
  const early = failed.filter((result) => result.pod === pod);
  const facts = [
    `${deleted} deleted`,
    pod ? `${pod} took over` : `no new pod took over within 12 s (${pods})`,
    failed.length > 0
      ? `${failed.length} of ${results.length} requests failed (${describeFailures(failed)})`
      : `0 of ${results.length} requests failed`,
    ...(early.length > 0 ? [`${early.length} of them on ${pod}, before its model was loaded`] : []),
    ...(wrong.length > 0 ? [`${wrong.length} answers differ from the model's earlier ones`] : []),
  ];
  return {
    passed: pod !== null && failed.length === 0 && wrong.length === 0,
    measured: facts.join('; '),
    bar: 'a new pod takes over, 0 requests fail, every answer is a prediction',
    why: 'A pod that runs is not a pod that can answer. Traffic must wait until the model is loaded and warm, and only the readiness probe can tell the Service.',
  };
}

/** The model is deterministic: the same ticket gets the same class from every pod at any time. */
function isAsBefore({ body, answer }: RequestResult, predictions: readonly Prediction[]): boolean {
  const prediction = readPrediction(answer);
  return prediction !== null && body !== null && prediction.label === predictions[body]?.label;
}
