import { drawTelemetry } from '#models/draw-telemetry.ts';
import { drawErrors } from './error-chart.ts';
import type { Ask } from './open-attempt.ts';
import { readField } from './read-field.ts';

const DAYS = 2;

/** Scores two days of a machine and shows the error over time with what was really wrong. */
export const askDetector: Ask = async (form, output, { api }) => {
  const seed = Number(readField(form, 'seed'));
  const isFaulty = readField(form, 'faults') !== '';
  const { samples, anomalies } = drawTelemetry(seed, DAYS, { anomalies: isFaulty });
  const from = performance.now();
  const { detections, threshold } = await api.scan(samples);
  const elapsed = performance.now() - from;
  output.replaceChildren(
    drawErrors({
      errors: detections.map(({ error }) => error),
      window: samples.length - detections.length + 1,
      threshold,
      anomalies,
    }),
  );
  const above = detections.filter(({ isAnomalous }) => isAnomalous).length;
  return `${above} of ${detections.length} windows are above the threshold; ${anomalies.length} things were wrong. Scored in ${elapsed.toFixed(0)} ms.`;
};
