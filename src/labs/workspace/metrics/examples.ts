/** Questions that an operator asks first, as queries. */
export const EXAMPLES = [
  {
    title: 'Requests per second by pod',
    query: 'sum by (pod) (rate(gateway_requests_total[10s]))',
  },
  {
    title: 'Errors per second by code',
    query: 'sum by (code) (rate(gateway_requests_total{code!~"2.."}[10s]))',
  },
  {
    title: 'p99 by pod, seconds',
    query:
      'histogram_quantile(0.99, sum by (le, pod) (rate(gateway_request_duration_seconds_bucket[30s])))',
  },
  { title: 'In flight by pod', query: 'gateway_requests_in_flight' },
  {
    title: 'What the pods say: requests per second by path',
    query: 'sum by (path) (rate(http_requests_total[10s]))',
  },
  { title: 'Ready pods', query: 'sum(kube_pod_status_ready)' },
  { title: 'Targets that are down', query: 'up == 0' },
] as const;
