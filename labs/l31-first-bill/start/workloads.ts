import type { Workload } from './estimate.ts';

/** The three workloads of the brief. Check uses others of the same kinds. */
export const workloads: readonly Workload[] = [
  {
    name: 'chat',
    requests_mean: 900,
    requests_peak: 2100,
    prompt_tokens: 60,
    output_tokens: 90,
    utilisation: 0.6,
    spare: 3,
    log_kb: 2.4,
    uncertainty: 0.25,
  },
  {
    name: 'batch',
    requests_mean: 1500,
    requests_peak: 1650,
    prompt_tokens: 180,
    output_tokens: 25,
    utilisation: 0.9,
    spare: 2,
    log_kb: 1.2,
    uncertainty: 0.15,
  },
  {
    name: 'spiky',
    requests_mean: 150,
    requests_peak: 1500,
    prompt_tokens: 40,
    output_tokens: 60,
    utilisation: 0.5,
    spare: 3,
    log_kb: 9,
    uncertainty: 0.4,
  },
];
