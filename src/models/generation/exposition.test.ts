import { expect, it } from 'vitest';
import { createCounters, observe } from './counters.ts';
import { exposeCounters } from './exposition.ts';

it('writes gauges, counters and cumulative histograms that Prometheus reads', () => {
  const counters = Object.assign(createCounters(), {
    runningRequests: 2,
    kvCacheUsage: 0.25,
    kvCachePeakBytes: 4096,
    promptTokens: 9,
  });
  observe(counters.timeToFirstToken, 0.03);
  observe(counters.timeToFirstToken, 0.04);
  observe(counters.timeToFirstToken, 99);
  const lines = exposeCounters(counters, 'oncall-lm').split('\n');
  expect(lines).toContain('# TYPE vllm:num_requests_running gauge');
  expect(lines).toContain('vllm:num_requests_running{model_name="oncall-lm"} 2');
  expect(lines).toContain('vllm:kv_cache_usage_perc{model_name="oncall-lm"} 0.25');
  expect(lines).toContain('generator_kv_cache_peak_bytes{model_name="oncall-lm"} 4096');
  expect(lines).toContain('vllm:prompt_tokens_total{model_name="oncall-lm"} 9');
  expect(lines).toContain(
    'vllm:time_to_first_token_seconds_bucket{le="0.02",model_name="oncall-lm"} 0',
  );
  expect(lines).toContain(
    'vllm:time_to_first_token_seconds_bucket{le="0.04",model_name="oncall-lm"} 2',
  );
  expect(lines).toContain(
    'vllm:time_to_first_token_seconds_bucket{le="10",model_name="oncall-lm"} 2',
  );
  expect(lines).toContain(
    'vllm:time_to_first_token_seconds_bucket{le="+Inf",model_name="oncall-lm"} 3',
  );
  expect(lines).toContain('vllm:time_to_first_token_seconds_count{model_name="oncall-lm"} 3');
  expect(lines.at(-1)).toBe('');
});
