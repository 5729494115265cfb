import type { HttpConnection } from '../http-port.ts';
import { rememberWholeBody } from '../http/whole-body.ts';

/** Gives the container `fetch` to the cluster network, and a `Response` that remembers its text. */
export function installNetwork(network: HttpConnection): void {
  define('fetch', (input: RequestInfo | URL, init?: RequestInit) =>
    network.fetch(new Request(input, init)),
  );
  define('Response', rememberingResponse(Response));
}

/** Text answers then leave without being read back from a stream, which costs several turns each. */
function rememberingResponse(Native: typeof Response): typeof Response {
  return class Response extends Native {
    constructor(body?: BodyInit | null, init?: ResponseInit) {
      super(body, init);
      if (typeof body === 'string' || body === null || body === undefined)
        rememberWholeBody(this, body ?? null);
    }

    static override json(data: unknown, init?: ResponseInit): globalThis.Response {
      const headers = new Headers(init?.headers);
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
      return new Response(JSON.stringify(data), { ...init, headers });
    }
  };
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}
