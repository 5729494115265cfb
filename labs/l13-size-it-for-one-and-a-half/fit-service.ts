import type { Traffic } from './scenario.ts';

/** Between the quartiles of a normal distribution, in standard deviations. */
const QUARTILES_APART = 1.349;
/**
 * Coefficients of variation that a classifier of tickets of different length may have. What is read
 * above that is unrest of the machine, and no answer to the lab is to depend on it.
 */
const SPREAD = { least: 0.1, most: 0.4 } as const;

/**
 * The service time that a calibration's samples speak of: a log-normal one through their quartiles.
 * The tails are left out, since a pause of the browser or an answer seen late is in them and not the
 * model. `serviceMs` is its mean, S.
 */
export function fitService(samplesMs: readonly number[]): Omit<Traffic, 'seed'> {
  const sorted = samplesMs.toSorted((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.floor(share * sorted.length)] ?? NaN;
  const sigma = Math.log(quantile(0.75) / quantile(0.25)) / QUARTILES_APART;
  const measured = Math.sqrt(Math.exp(sigma ** 2) - 1);
  const cv = Math.min(SPREAD.most, Math.max(SPREAD.least, measured));
  const serviceMs = quantile(0.5) * Math.sqrt(1 + cv ** 2);
  return { serviceMs, service: { kind: 'lognormal', meanMs: serviceMs, cv } };
}
