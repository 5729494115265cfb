import type { HorizontalPodAutoscaler } from '../control-plane/resources.ts';
import { formatFields, formatTime, labelLines, line, nameLines, type FieldLine } from './fields.ts';
import { formatMetrics } from './metric-values.ts';

/** `kubectl describe hpa` without its events. */
export function describeAutoscaler(scaler: HorizontalPodAutoscaler): string {
  const { metadata, spec, status } = scaler;
  const { kind, name } = spec.scaleTargetRef;
  const { currentReplicas = 0, desiredReplicas = 0 } = status ?? {};
  return formatFields([
    ...nameLines(scaler),
    ...labelLines(scaler),
    line('CreationTimestamp:', formatTime(metadata?.creationTimestamp)),
    line('Reference:', `${kind}/${name}`),
    ['Metrics:', '( current / target )'],
    ...formatMetrics(scaler).map(({ name: of, current, target }): FieldLine => [
      `  "${of}" on pods:`,
      `${current} / ${target}`,
    ]),
    line('Min replicas:', spec.minReplicas ?? 1),
    line('Max replicas:', spec.maxReplicas),
    line('Deployment pods:', `${currentReplicas} current / ${desiredReplicas} desired`),
    ...conditionLines(status),
  ]);
}

function conditionLines(status: HorizontalPodAutoscaler['status']): readonly FieldLine[] {
  if (!status) return [];
  return [
    'Conditions:',
    ['  Type', 'Status', 'Reason', 'Message'],
    ['  ----', '------', '------', '-------'],
    ...status.conditions.map(({ type, status: is, reason, message }) => [
      `  ${type}`,
      is,
      reason,
      message,
    ]),
  ];
}
