import type { Counters, Histogram } from './counters.ts';

/** The counters in the Prometheus text format, under the names and the label that vLLM's dashboards ask for. */
export function exposeCounters(counters: Counters, model: string): string {
  const label = `model_name="${model}"`;
  const single = (
    name: string,
    type: 'gauge' | 'counter',
    help: string,
    value: number,
  ): string[] => [...head(name, type, help), `vllm:${name}{${label}} ${value}`];
  return [
    ...single('num_requests_running', 'gauge', 'Requests in the batch.', counters.runningRequests),
    ...single(
      'num_requests_waiting',
      'gauge',
      'Requests that wait for a place in the batch.',
      counters.waitingRequests,
    ),
    ...single(
      'kv_cache_usage_perc',
      'gauge',
      'Share of the KV blocks that running requests hold, 1 is all.',
      counters.kvCacheUsage,
    ),
    ...gauge(
      'generator_kv_cache_bytes',
      'Bytes of the keys and values of the last run.',
      counters.kvCacheBytes,
      label,
    ),
    ...gauge(
      'generator_kv_cache_peak_bytes',
      'The most that generator_kv_cache_bytes has been.',
      counters.kvCachePeakBytes,
      label,
    ),
    ...single('prompt_tokens_total', 'counter', 'Prompt tokens read.', counters.promptTokens),
    ...single('generation_tokens_total', 'counter', 'Tokens generated.', counters.generationTokens),
    ...head('request_success_total', 'counter', 'Requests ended, by reason.'),
    ...Object.entries(counters.finished).map(
      ([reason, count]) =>
        `vllm:request_success_total{finished_reason="${reason}",${label}} ${count}`,
    ),
    ...histogram(
      'time_to_first_token_seconds',
      'From the request to its first token.',
      counters.timeToFirstToken,
      label,
    ),
    ...histogram(
      'time_per_output_token_seconds',
      'From one token of a request to its next.',
      counters.timePerOutputToken,
      label,
    ),
    '',
  ].join('\n');
}

/** A gauge that vLLM does not have. */
function gauge(name: string, help: string, value: number, label: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name}{${label}} ${value}`];
}

function histogram(
  name: string,
  help: string,
  { bounds, counts, sum }: Histogram,
  label: string,
): string[] {
  let total = 0;
  const buckets = counts.map((count, index) => {
    total += count;
    return `vllm:${name}_bucket{le="${bounds[index] ?? '+Inf'}",${label}} ${total}`;
  });
  return [
    ...head(name, 'histogram', help),
    ...buckets,
    `vllm:${name}_sum{${label}} ${sum}`,
    `vllm:${name}_count{${label}} ${total}`,
  ];
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP vllm:${name} ${help}`, `# TYPE vllm:${name} ${type}`];
}
