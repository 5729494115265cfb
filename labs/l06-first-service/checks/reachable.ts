import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import {
  describePods,
  followView,
  isRolledOut,
  livePods,
  type ViewWatch,
} from '#labs/follow-view.ts';
import { pause } from '#labs/pause.ts';
import { findLoadingPod } from '../loading.ts';
import {
  classifyRequest,
  readPrediction,
  ticketsOf,
  type Prediction,
  type Ticket,
} from '../traffic.ts';

/** Long enough for two cold pods on a slow laptop. */
const PATIENCE_MS = 12_000;
/** How long a pod may load its model; the learner can't make it any faster or slower. */
const LOADING_MS = 40_000;
/** Once all pods are ready and none can be reached, more waiting does not help. */
const SETTLED_MS = 2000;
/** A container that was restarted this often is being killed by something that will not stop. */
const RESTARTS = 2;
/** The model is right about nine of ten; somebody who guesses, about one of eight. */
const RIGHT_SHARE = 0.6;

interface Sweep {
  readonly predictions: readonly Prediction[];
  /** What the first request without a prediction got, null when every one had one. */
  readonly failure: Refusal | null;
}

interface Refusal {
  readonly text: string;
  /** A pod said it, rather than the gateway for want of one. */
  readonly isFromPod: boolean;
}

const check: LabCheck = {
  id: 'reachable',
  title: 'The Service answers with a prediction',
  instruction: '1',
  points: 2,
  hint: 'Compare `kubectl get endpointslices` with `kubectl get pods --show-labels`: a Service reaches the pods that carry every label of its selector, on its targetPort. `kubectl describe pod` tells why a pod restarts.',
  async run(context, signal) {
    const tickets = ticketsOf(context);
    const view = await followView(context.cluster);
    try {
      const { predictions, failure } = await sweepUntilAnswered(context, tickets, view, signal);
      context.notes.set('predictions', predictions);
      if (failure) return unreachable(failure, view);
      return judge(tickets, predictions);
    } finally {
      view.stop();
    }
  },
};

export default check;

/** Repeats the whole list until every ticket in it is answered by ready pods, or there is no hope left. */
async function sweepUntilAnswered(
  context: LabCheckContext,
  tickets: readonly Ticket[],
  view: ViewWatch,
  signal: AbortSignal,
): Promise<Sweep> {
  const isHopeless = createPatience(view);
  const startedAt = performance.now();
  for (;;) {
    const wasRolledOut = isRolledOut(view.current);
    const { predictions, failure } = await sweepOnce(context, tickets, signal);
    const open = failure ?? (wasRolledOut ? null : notRolledOut(view));
    if (!open) return { predictions, failure: null };
    if (isHopeless(open, wasRolledOut) && !(await isStillLoading(context, view, startedAt)))
      return { predictions, failure: open };
    await pause(100, signal);
  }
}

/** Slow loading is the machine's doing: it is waited for, and in the end it is our trouble, not a failure. */
async function isStillLoading(
  context: LabCheckContext,
  view: ViewWatch,
  startedAt: number,
): Promise<boolean> {
  const pod = await findLoadingPod(context, view);
  if (pod === null) return false;
  if (performance.now() - startedAt < LOADING_MS) return true;
  throw new Error(
    `Pod ${pod} was still loading its model after ${LOADING_MS / 1000} s. Close what else keeps this machine busy and check again.`,
  );
}

function createPatience(view: ViewWatch): (failure: Refusal, isSettled: boolean) => boolean {
  const startedAt = performance.now();
  let settledAt = Infinity;
  let isLast = false;
  return (failure, isSettled) => {
    const now = performance.now();
    settledAt = isSettled && !failure.isFromPod ? Math.min(settledAt, now) : Infinity;
    const isRestarting = livePods(view.current).some(({ restarts }) => restarts >= RESTARTS);
    const isOver = isRestarting || now - settledAt > SETTLED_MS || now - startedAt > PATIENCE_MS;
    // On a slow machine a sweep that began before the last pod was ready may take all of it.
    const isReadySince = !isLast && !isSettled && isRolledOut(view.current);
    isLast ||= isOver && isReadySince;
    return isOver && !isReadySince;
  };
}

async function sweepOnce(
  { cluster }: LabCheckContext,
  tickets: readonly Ticket[],
  signal: AbortSignal,
): Promise<Sweep> {
  const predictions: Prediction[] = [];
  for (const ticket of tickets) {
    const answer = await ask(cluster, ticket, signal);
    if ('isFromPod' in answer) return { predictions, failure: answer };
    predictions.push(answer);
  }
  return { predictions, failure: null };
}

async function ask(
  cluster: LabCheckContext['cluster'],
  ticket: Ticket,
  signal: AbortSignal,
): Promise<Prediction | Refusal> {
  const sent = cluster.fetch(classifyRequest(ticket, signal));
  const response = await sent.catch((error: unknown) => {
    signal.throwIfAborted();
    return { text: String(error instanceof Error ? error.message : error), isFromPod: false };
  });
  if (!(response instanceof Response)) return response;
  const text = await response.text();
  const prediction = response.ok ? readPrediction(text) : null;
  const isFromPod = response.headers.has('x-served-by');
  return prediction ?? { text: `${response.status} ${text.trim().slice(0, 300)}`, isFromPod };
}

function notRolledOut({ current }: ViewWatch): Refusal {
  const states = current.deployments.map(
    ({ name, ready, replicas }) => `${name} ${ready}/${replicas}`,
  );
  return { text: `not all pods became ready: ${states.join(', ')}`, isFromPod: false };
}

function unreachable(failure: Refusal, { current }: ViewWatch) {
  return {
    passed: false,
    measured: `${failure.text}\nPods: ${describePods(current)}`,
    bar: 'every pod becomes ready and answers 200 with a label and a score',
    why: 'A Service is only as good as its endpoints: without a ready pod behind its selector and port, there is nobody to answer.',
  };
}

function judge(tickets: readonly Ticket[], predictions: readonly Prediction[]) {
  const right = tickets.filter(
    (ticket, index) => ticket.class === predictions[index]?.label,
  ).length;
  return {
    passed: right >= tickets.length * RIGHT_SHARE,
    measured: `${right} of ${tickets.length} new tickets got their author's class`,
    bar: `every ticket gets a prediction, at least ${Math.ceil(tickets.length * RIGHT_SHARE)} of ${tickets.length} the right one`,
    why: 'The answers come from the model: somebody who guesses among eight classes gets about one in eight.',
  };
}
