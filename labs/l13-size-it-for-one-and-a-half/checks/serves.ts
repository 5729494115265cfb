import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { describePods, followView, type ViewWatch } from '#labs/follow-view.ts';
import { pause } from '#labs/pause.ts';
import { formatProblem } from '#platform/problem.ts';
import { drawTickets } from '#models/draw-tickets.ts';
import { fitService } from '../fit-service.ts';
import { measureReplica, startReplica } from '../replica.ts';
import { readTriagePools } from '../scenario.ts';

const TICKETS = 20;
/** Once the measured replica has loaded the same image, the learner's pods have had their time too. */
const GRACE_MS = 3000;
const BAR = 'every ticket gets an answer from a ready pod';
const WHY =
  'The rest is computed from what one replica does on this machine, so it has to run here first.';

const check: LabCheck = {
  id: 'serves',
  title: 'The pods answer, and one replica is measured',
  instruction: '1',
  points: 1,
  hint: 'kubectl get pods says which pods are not ready, kubectl describe pod <name> why.',
  async run(context, signal) {
    const pools = readTriagePools(context.manifests);
    // Kubernetes takes any text in `env:`; the later steps need what the server makes of it.
    if (!pools.ok)
      return {
        passed: false,
        measured: pools.problems.map(formatProblem).join('\n'),
        bar: BAR,
        why: WHY,
      };
    const view = await followView(context.cluster);
    try {
      await startReplica(context);
      const calibration = await measureReplica(context, signal);
      context.notes.set('calibration', calibration);
      const failure = await askUntilAnswered(context, view, signal);
      const { serviceMs, service } = fitService(calibration.samplesMs);
      const cv = service.kind === 'lognormal' ? service.cv : 0;
      const unrest =
        calibration.status === 'ok' ? '' : `. Not at rest: ${calibration.reasons.join(' ')}`;
      return {
        passed: failure === null,
        measured:
          failure ??
          `${TICKETS} of ${TICKETS} tickets answered. One replica here: S ${serviceMs.toFixed(2)} ms, coefficient of variation ${cv.toFixed(2)}, so mu is ${Math.round(1000 / serviceMs)} requests a second${unrest}`,
        bar: BAR,
        why: WHY,
      };
    } finally {
      view.stop();
    }
  },
};

export default check;

/** null, or what the last failed ticket got. */
async function askUntilAnswered(
  context: LabCheckContext,
  view: ViewWatch,
  signal: AbortSignal,
): Promise<string | null> {
  for (const startedAt = performance.now(); ;) {
    const failure = await askAll(context, signal);
    if (failure === null) return null;
    const isOver = performance.now() - startedAt > GRACE_MS;
    if (isOver) return `${failure}\nPods: ${describePods(view.current)}`;
    await pause(100, signal);
  }
}

async function askAll({ cluster, seed }: LabCheckContext, signal: AbortSignal) {
  for (const { text } of drawTickets(seed + 1, TICKETS)) {
    const response = await cluster.fetch(
      new Request('http://triage/classify', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
        signal,
      }),
    );
    const answer = await response.text();
    if (!response.ok) return `HTTP ${response.status}: ${answer.slice(0, 200).trim()}`;
  }
  return null;
}
