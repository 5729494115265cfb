/** What an inference machine reports, in the order of the model's last axis. */
export const FEATURES = [
  { name: 'requests', unit: 'requests/s' },
  { name: 'gpu_utilisation', unit: '%' },
  { name: 'gpu_memory', unit: '%' },
  { name: 'latency_p95', unit: 'ms' },
  { name: 'temperature', unit: '°C' },
  { name: 'errors', unit: '%' },
] as const;

/** One sample, in the order of {@link FEATURES}. */
export type Sample = readonly [
  requests: number,
  utilisation: number,
  memory: number,
  latency: number,
  temperature: number,
  errors: number,
];

/** Seconds from one sample to the next. */
export const INTERVAL_SECONDS = 300;
export const SAMPLES_PER_DAY = 288;
