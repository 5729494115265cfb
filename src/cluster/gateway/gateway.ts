import { ExchangeFailed } from '#pods/exchange-failure.ts';
import type { ContainerLife } from '../containers/container-life.ts';
import type { ClusterCache } from '../control-plane/cache.ts';
import { createRoundRobin, type Balancer } from './balancer.ts';
import { createEndpointIndex, explainNoEndpoints, type Endpoint } from './endpoints.ts';
import { watchEnding, type Ending } from './ending.ts';
import { resolveTarget, type Target } from './target.ts';
import type { OpenRequest, Outcome, Traffic } from './traffic.ts';

/** The data plane: from a URL to the answer of one ready pod. */
export interface Gateway {
  /**
   * Sends a request as a client in `namespace` would. Answers 503 without ready endpoints, 502 when
   * the pod refuses or breaks off, 504 when it stays silent; throws `ExchangeFailed` when the name
   * or the port does not exist, and the reason of `request.signal` when that is aborted.
   */
  fetch(request: Request, namespace: string): Promise<Response>;
}

export interface GatewayOptions {
  readonly cache: ClusterCache;
  readonly traffic: Traffic;
  /** Who listens on a pod's port; null means that the connection is refused. */
  listener(podUid: string, port: number): ContainerLife | null;
  readonly balancer?: Balancer;
  /** Milliseconds that a pod may take until the head of its answer; 30,000 by default. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;

/** A gateway over the cluster that `cache` shows. */
export function createGateway(options: GatewayOptions): Gateway {
  const { cache, traffic } = options;
  const endpoints = createEndpointIndex(cache);
  const balancer = options.balancer ?? createRoundRobin();
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  return {
    fetch: async (request, namespace) => {
      request.signal.throwIfAborted();
      const target = resolveTarget(new URL(request.url), namespace, cache);
      const service = serviceName(target);
      const ready = endpoints.ready(target);
      if (ready.length === 0 && target.kind === 'service') {
        const why = explainNoEndpoints(target, cache);
        traffic.begin(service, null, request)({ status: 503, failure: 'no-endpoints' });
        return refusal(503, why);
      }
      const endpoint = balancer.pick(routeKey(target), ready, request);
      const end = traffic.begin(service, endpoint.podName, request);
      const life = options.listener(endpoint.podUid, endpoint.port);
      return await exchange({ request, endpoint, life, end, timeoutMs });
    },
  };
}

interface Exchange {
  readonly request: Request;
  readonly endpoint: Endpoint;
  readonly life: ContainerLife | null;
  readonly end: OpenRequest;
  readonly timeoutMs: number;
}

async function exchange({ request, endpoint, life, end, timeoutMs }: Exchange): Promise<Response> {
  const container = life?.isTerminating() ? null : life?.running();
  if (!life || !container) {
    end({ status: 502, failure: 'reset' });
    return refusal(502, connectionRefused(endpoint));
  }
  const release = life.acquire();
  const abort = new AbortController();
  const giveUp = (): void => abort.abort(request.signal.reason);
  request.signal.addEventListener('abort', giveUp, { once: true });
  const timer = setTimeout(() => abort.abort(new ExchangeFailed('timeout', '')), timeoutMs);

  const finish = (outcome: Outcome): void => {
    request.signal.removeEventListener('abort', giveUp);
    end(outcome);
    release();
  };
  try {
    const response = await container.fetch(request, abort.signal);
    clearTimeout(timer);
    const answer = watchEnding(response, request.signal, (ending) =>
      finish(outcomeOf(ending, response.status)),
    );
    answer.headers.set('x-served-by', endpoint.podName);
    return answer;
  } catch (error) {
    clearTimeout(timer);
    const failure = failureOf(error, request);
    const status = failure === 'cancelled' ? null : failure === 'timeout' ? 504 : 502;
    finish({ status, failure });
    if (status === null) throw error;
    return refusal(status, explainFailure(error, failure, endpoint, timeoutMs));
  }
}

function failureOf(error: unknown, request: Request): NonNullable<Outcome['failure']> {
  if (request.signal.aborted) return 'cancelled';
  return error instanceof ExchangeFailed ? error.failure : 'bad-response';
}

function outcomeOf(ending: Ending, status: number): Outcome {
  if (ending === 'sent') return { status, failure: null };
  return { status, failure: ending === 'cancelled' ? 'cancelled' : 'reset' };
}

function explainFailure(
  error: unknown,
  failure: string,
  { podName }: Endpoint,
  timeoutMs: number,
): string {
  if (failure === 'timeout') return `Pod ${podName} did not answer within ${timeoutMs} ms.`;
  const detail = error instanceof Error ? error.message : String(error);
  return failure === 'reset'
    ? `Pod ${podName} broke off before it answered: ${detail}`
    : `Pod ${podName} did not give a usable answer: ${detail}`;
}

function connectionRefused({ podName, port }: Endpoint): string {
  return `Pod ${podName} refused the connection: nothing listens on port ${port}. Compare the Service's targetPort with the container's ports.`;
}

/** What the gateway itself says, so that nobody takes it for the pod's words. */
function refusal(status: number, message: string): Response {
  return new Response(`${message}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-answered-by': 'gateway' },
  });
}

function serviceName(target: Target): string {
  return target.kind === 'pod' ? target.podName : (target.service.metadata?.name ?? '');
}

function routeKey(target: Target): string {
  if (target.kind === 'pod') return target.podUid;
  const { namespace, name } = target.service.metadata ?? {};
  return `${namespace}/${name}:${target.port.port}`;
}
