import type { ScalingController } from '#autoscaling/controller.ts';
import type { AutoscalerStatus } from '../control-plane/resources.ts';

type Decision = ReturnType<ScalingController['decide']>;
type Condition = AutoscalerStatus['conditions'][number];

/** Decisions that a limit, a window or a policy has changed. */
const LIMITED: ReadonlySet<Decision['reason']> = new Set([
  'TooManyReplicas',
  'TooFewReplicas',
  'ScaleUpLimit',
  'ScaleDownLimit',
]);

const MESSAGES: Readonly<Record<Decision['reason'], string>> = {
  DesiredWithinRange: 'the desired count is within the acceptable range',
  TooManyReplicas: 'the desired replica count is more than the maximum replica count',
  TooFewReplicas: 'the desired replica count is less than the minimum replica count',
  ScaleUpLimit: 'the desired replica count is rising faster than the scale-up policies allow',
  ScaleDownLimit: 'the desired replica count is falling faster than the scale-down policies allow',
  ScaleUpStabilized: 'recent recommendations were lower than the current one',
  ScaleDownStabilized: 'recent recommendations were higher than the current one',
  FailedGetMetrics: 'the HPA was unable to compute the replica count',
  ScalingDisabled: 'scaling is disabled since the replica count of the target is zero',
};

/** What `kubectl describe hpa` says of a decision; `missing` names the metrics without a value. */
export function conditionsOf(
  { reason }: Decision,
  missing: readonly string[],
): readonly Condition[] {
  const isStabilised = reason === 'ScaleUpStabilized' || reason === 'ScaleDownStabilized';
  const able = isStabilised ? reason : 'ReadyForNewScale';
  const isActive = reason !== 'FailedGetMetrics' && reason !== 'ScalingDisabled';
  const unknown = `no ready pod exposes ${missing.join(', ')}`;
  return [
    condition(
      'AbleToScale',
      true,
      able,
      isStabilised ? MESSAGES[reason] : 'recommended size matches what can be set',
    ),
    isActive
      ? condition('ScalingActive', true, 'ValidMetricFound', 'a replica count could be calculated')
      : condition(
          'ScalingActive',
          false,
          reason,
          reason === 'FailedGetMetrics' ? `${MESSAGES[reason]}: ${unknown}` : MESSAGES[reason],
        ),
    LIMITED.has(reason)
      ? condition('ScalingLimited', true, reason, MESSAGES[reason])
      : condition('ScalingLimited', false, 'DesiredWithinRange', MESSAGES.DesiredWithinRange),
  ];
}

function condition(
  type: Condition['type'],
  is: boolean,
  reason: string,
  message: string,
): Condition {
  return { type, status: is ? 'True' : 'False', reason, message };
}
