import type { LoadCalibration } from '#load/report.ts';
import { formatClock, formatLatency, formatRate } from '../panels/format.ts';

/** `S 2.1 ms, mu 440/s, measured at 14:03:07`. */
export function describeCalibration({ serviceMs, capacity, measuredAt }: LoadCalibration): string {
  const at = formatClock(Date.parse(measuredAt));
  return `S ${formatLatency(serviceMs)}, mu ${formatRate(capacity)}/s, measured at ${at}`;
}

/** A rate in units of what one replica can do: `1.52 mu`. */
export function inMu(perSecond: number, { capacity }: LoadCalibration): string {
  return `${(perSecond / capacity).toFixed(2)} mu`;
}
