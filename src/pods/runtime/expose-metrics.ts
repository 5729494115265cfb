import { createRegistry, EXPOSITION_TYPE } from '#metrics/registry.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const PATH = '/metrics';
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Paths that carry an id would make a series each. */
const MOST_PATHS = 20;
const NOT_FOUND = 404;

/**
 * The same handler, counted. Where it has no page at /metrics of its own, that page shows the counts
 * as Prometheus text; where it answers with Prometheus text itself, they are put under it.
 */
export function exposeMetrics(handler: Handler): Handler {
  const registry = createRegistry();
  const count = registry.counter('http_requests_total', 'Requests that this container answered.');
  const took = registry.histogram(
    'http_request_duration_seconds',
    'Seconds from the request to the head of its answer.',
    BUCKETS,
  );
  const setInFlight = registry.gauge('http_requests_in_flight', 'Requests under way.');
  registry.gauge('process_start_time_seconds', 'When the container started, seconds since 1970.')(
    {},
    performance.timeOrigin / 1000,
  );
  const nameOf = createPathNames();
  let inFlight = 0;
  setInFlight({}, inFlight);

  const counted = async (request: Request, path: string): Promise<Response> => {
    const startedAt = performance.now();
    setInFlight({}, (inFlight += 1));
    let code = '500';
    try {
      const response = await handler(request);
      if (response instanceof Response) code = String(response.status);
      return response;
    } finally {
      setInFlight({}, (inFlight -= 1));
      const labels = { method: request.method, path: nameOf(path) };
      count({ ...labels, code });
      took(labels, (performance.now() - startedAt) / 1000);
    }
  };
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname !== PATH) return counted(request, pathname);
    return withMetrics(await handler(request), registry.write());
  };
}

async function withMetrics(own: Response, text: string): Promise<Response> {
  const headers = { 'content-type': EXPOSITION_TYPE };
  if (own.status === NOT_FOUND) return new Response(text, { headers });
  if (!own.ok || !/^text\/plain; *version=/.test(own.headers.get('content-type') ?? '')) return own;
  return new Response(`${(await own.text()).trimEnd()}\n${text}`, { headers });
}

function createPathNames(): (path: string) => string {
  const known = new Set<string>();
  return (path) => {
    if (known.has(path)) return path;
    if (known.size >= MOST_PATHS) return 'other';
    known.add(path);
    return path;
  };
}
