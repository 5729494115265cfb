import { readAutoscaler } from '#autoscaling/read-autoscaler.ts';
import type { HorizontalPodAutoscaler } from '../control-plane/resources.ts';

/** One metric of an autoscaler as kubectl prints it: `<unknown>` and `80%`, or `2500m` and `4`. */
export interface MetricValues {
  readonly name: string;
  readonly current: string;
  readonly target: string;
}

/** The metrics of an autoscaler, what they are and what they should be. */
export function formatMetrics(scaler: HorizontalPodAutoscaler): readonly MetricValues[] {
  const values = scaler.status?.currentMetrics ?? [];
  return readAutoscaler(scaler).metrics.map(({ name, target }, index) => {
    const unit = target.type === 'Utilization' ? '%' : '';
    const average = target.type === 'AverageValue' ? ' (avg)' : '';
    const value = values[index] ?? null;
    return {
      name,
      current: value === null ? '<unknown>' : `${toQuantity(value)}${unit}`,
      target: `${toQuantity(target.value)}${unit}${average}`,
    };
  });
}

/** As Kubernetes writes quantities: whole, or in thousandths. */
function toQuantity(value: number): string {
  const thousandths = Math.round(value * 1000);
  return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`;
}
