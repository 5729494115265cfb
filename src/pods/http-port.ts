import { HttpClient, type Ignored } from './http/client.ts';
import { HttpServer, type HttpHandler } from './http/server.ts';

export interface HttpConnection {
  /**
   * Sends a request and gives its answer, both bodies streamed. Aborting `signal` or the request's
   * own signal rejects with that signal's reason and reaches the handler. Rejects with `ExchangeFailed`
   * when there is no usable answer.
   */
  fetch(request: Request, signal?: AbortSignal): Promise<Response>;
  /** Every exchange under way rejects with `reason`, and so does every later one. */
  close(reason: unknown): void;
  readonly inFlight: number;
  /** Messages dropped because they were malformed, for no known exchange, or a second answer. */
  readonly ignored: Readonly<Ignored>;
}

export interface ConnectOptions {
  /** Milliseconds to the answer's head, then `ExchangeFailed` with `timeout`. None by default. */
  readonly timeoutMs?: number;
  /** Bytes of one response body, 64 MiB by default. */
  readonly maxResponseBytes?: number;
  /** Called for every message that arrives, with the bytes of its body. */
  readonly onTraffic?: (bytes: number) => void;
  /** Called for every answer to a request that is under way. */
  readonly onAnswer?: () => void;
  /** Called for every message that was dropped. */
  readonly onStray?: () => void;
}

export interface ServeOptions {
  /** Exchanges at once, 4096 by default. */
  readonly maxInFlight?: number;
  /** Bytes of one request body, 64 MiB by default. */
  readonly maxRequestBytes?: number;
  /** Called for every message that arrives, with the bytes of its body. */
  readonly onTraffic?: (bytes: number) => void;
  /** Called for every request, also one that is refused. */
  readonly onRequest?: () => void;
}

export interface HttpService {
  /** Aborts every request under way and stops listening. */
  close(reason: unknown): void;
}

const MAX_BODY = 64 * 1024 * 1024;

/** Takes the port as the client of whoever calls `serveHttp` on the other end. */
export function connectHttp(port: MessagePort, options: ConnectOptions = {}): HttpConnection {
  return new HttpClient(port, {
    timeoutMs: options.timeoutMs ?? Number.POSITIVE_INFINITY,
    maxResponseBytes: options.maxResponseBytes ?? MAX_BODY,
    onTraffic: options.onTraffic ?? ignore,
    onAnswer: options.onAnswer ?? ignore,
    onStray: options.onStray ?? ignore,
  });
}

/** Answers every request that arrives at the port. A handler that throws `ExchangeFailed` passes that on. */
export function serveHttp(
  port: MessagePort,
  handler: HttpHandler,
  options: ServeOptions = {},
): HttpService {
  return new HttpServer(port, handler, {
    maxInFlight: options.maxInFlight ?? 4096,
    maxRequestBytes: options.maxRequestBytes ?? MAX_BODY,
    onTraffic: options.onTraffic ?? ignore,
    onRequest: options.onRequest ?? ignore,
  });
}

function ignore(): void {}
