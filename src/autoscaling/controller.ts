import type { Autoscaler, ScalingMetric } from './autoscaler.ts';
import { limitDown, limitUp, type ScalingEvent } from './rate-limits.ts';

/** What the controller sees at one look. */
export interface ScalingInput {
  /** Seconds on any clock that never goes back. */
  readonly at: number;
  /** Replicas that the target asks for at present. */
  readonly current: number;
  /** Pods that are not ready yet: without a value of their own. */
  readonly unready: number;
  /** Of a `pod` metric one value for each ready pod, of a `whole` metric one value; null when it is not known. */
  values(metric: ScalingMetric): readonly number[] | null;
}

interface ScalingDecision {
  readonly replicas: number;
  /** As `kubectl describe hpa` says it. */
  readonly reason:
    | 'DesiredWithinRange'
    | 'TooManyReplicas'
    | 'TooFewReplicas'
    | 'ScaleUpLimit'
    | 'ScaleDownLimit'
    | 'ScaleUpStabilized'
    | 'ScaleDownStabilized'
    | 'FailedGetMetrics'
    | 'ScalingDisabled';
}

/** The controller of one HorizontalPodAutoscaler, with what it remembers between two looks. */
export interface ScalingController {
  decide(input: ScalingInput): ScalingDecision;
}

interface Memory {
  recommendations: { readonly at: number; readonly replicas: number }[];
  ups: ScalingEvent[];
  downs: ScalingEvent[];
}

const LONGEST_SECONDS = 3600;

/**
 * The algorithm of autoscaling/v2: the largest wish of all metrics, tolerance, stabilisation windows,
 * scaling policies, then the limits. Deterministic; it never reads a clock.
 */
export function createScalingController(autoscaler: Autoscaler): ScalingController {
  const memory: Memory = { recommendations: [], ups: [], downs: [] };
  return {
    decide: (input) => {
      const decision = decide(autoscaler, memory, input);
      remember(memory, input, decision.replicas);
      return decision;
    },
  };
}

function decide(autoscaler: Autoscaler, memory: Memory, input: ScalingInput): ScalingDecision {
  const { minReplicas, maxReplicas } = autoscaler;
  const { current } = input;
  if (current === 0) return { replicas: 0, reason: 'ScalingDisabled' };
  if (current > maxReplicas) return { replicas: maxReplicas, reason: 'TooManyReplicas' };
  if (current < minReplicas) return { replicas: minReplicas, reason: 'TooFewReplicas' };
  const wanted = wish(autoscaler, input);
  if (wanted === null) return { replicas: current, reason: 'FailedGetMetrics' };
  const stabilised = stabilise(autoscaler, memory, input, wanted);
  const limited = limit(autoscaler, memory, input, stabilised);
  if (limited.reason !== 'DesiredWithinRange' || stabilised === wanted) return limited;
  const reason = wanted > stabilised ? 'ScaleUpStabilized' : 'ScaleDownStabilized';
  return { ...limited, reason };
}

/**
 * The largest of the metrics' wishes. A metric without a value is left out, except that then nothing
 * is scaled down: the missing one might have wanted more.
 */
function wish(autoscaler: Autoscaler, input: ScalingInput): number | null {
  let largest: number | null = null;
  let isMissing = false;
  for (const metric of autoscaler.metrics) {
    const values = input.values(metric);
    if (!values || values.length === 0) {
      isMissing = true;
      continue;
    }
    const one = wishOf(metric, values, input, autoscaler);
    largest = Math.max(largest ?? 0, one);
  }
  if (largest === null || (isMissing && largest < input.current)) return null;
  return largest;
}

function wishOf(
  metric: ScalingMetric,
  values: readonly number[],
  input: ScalingInput,
  autoscaler: Autoscaler,
): number {
  const sum = values.reduce((total, value) => total + value, 0);
  if (metric.source === 'whole') return wishOfWhole(metric.target, sum, input, autoscaler);
  const { current, unready } = input;
  const goal = metric.target.value;
  const ratio = sum / (goal * values.length);
  // Pods that only just start are taken to do nothing, which dampens a rise; a fall ignores them.
  if (unready === 0 || ratio <= 1)
    return isNear(ratio, autoscaler) ? current : ceil(ratio * values.length);
  const count = values.length + unready;
  const damped = sum / (goal * count);
  if (damped <= 1 || isNear(damped, autoscaler)) return current;
  return Math.max(current, ceil(damped * count));
}

function wishOfWhole(
  target: ScalingMetric['target'],
  value: number,
  { current, unready }: ScalingInput,
  autoscaler: Autoscaler,
): number {
  if (target.type === 'AverageValue')
    return isNear(value / (target.value * current), autoscaler)
      ? current
      : ceil(value / target.value);
  const ratio = value / target.value;
  return isNear(ratio, autoscaler) ? current : ceil(ratio * (current - unready));
}

function isNear(ratio: number, { scaleUp, scaleDown }: Autoscaler): boolean {
  return ratio <= 1 + scaleUp.tolerance && ratio >= 1 - scaleDown.tolerance;
}

/** Rounds up, but not because of the last bits of a quotient. */
function ceil(value: number): number {
  return Math.ceil(value - 1e-9);
}

/** Up: the smallest wish within the window of scaling up; down: the largest within that of scaling down. */
function stabilise(
  { scaleUp, scaleDown }: Autoscaler,
  memory: Memory,
  { at, current }: ScalingInput,
  wanted: number,
): number {
  let lowest = wanted;
  let highest = wanted;
  for (const { at: then, replicas } of memory.recommendations) {
    if (then > at - scaleUp.stabilizationWindowSeconds) lowest = Math.min(lowest, replicas);
    if (then > at - scaleDown.stabilizationWindowSeconds) highest = Math.max(highest, replicas);
  }
  memory.recommendations.push({ at, replicas: wanted });
  return Math.min(Math.max(current, lowest), highest);
}

function limit(
  { minReplicas, maxReplicas, scaleUp, scaleDown }: Autoscaler,
  memory: Memory,
  { at, current }: ScalingInput,
  wanted: number,
): ScalingDecision {
  if (wanted > current) {
    const allowed = limitUp(scaleUp, memory.ups, memory.downs, at, current);
    const most = Math.min(maxReplicas, Math.max(current, allowed));
    if (wanted <= most) return { replicas: wanted, reason: 'DesiredWithinRange' };
    return { replicas: most, reason: most === maxReplicas ? 'TooManyReplicas' : 'ScaleUpLimit' };
  }
  if (wanted < current) {
    const allowed = limitDown(scaleDown, memory.ups, memory.downs, at, current);
    const least = Math.max(minReplicas, Math.min(current, allowed));
    if (wanted >= least) return { replicas: wanted, reason: 'DesiredWithinRange' };
    return {
      replicas: least,
      reason: least === minReplicas ? 'TooFewReplicas' : 'ScaleDownLimit',
    };
  }
  return { replicas: wanted, reason: 'DesiredWithinRange' };
}

function remember(memory: Memory, { at, current }: ScalingInput, replicas: number): void {
  if (replicas > current) memory.ups.push({ at, change: replicas - current });
  if (replicas < current) memory.downs.push({ at, change: current - replicas });
  const isRecent = (event: { readonly at: number }): boolean => event.at > at - LONGEST_SECONDS;
  memory.recommendations = memory.recommendations.filter(isRecent);
  memory.ups = memory.ups.filter(isRecent);
  memory.downs = memory.downs.filter(isRecent);
}
