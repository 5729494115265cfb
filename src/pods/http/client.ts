import { ExchangeFailed } from '../exchange-failure.ts';
import { BodyReceiver } from './body-receiver.ts';
import { BodySender } from './body-sender.ts';
import { headerPairs, openBody } from './message.ts';
import { rememberWholeBody } from './whole-body.ts';
import { CHUNK_BYTES, readWire, type Post, type ResponseHead, type Wire } from './wire.ts';

export interface ClientOptions {
  /** Milliseconds from sending to the answer's head; then the exchange fails as `timeout`. */
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  /** Called for every message that arrives, with the bytes of its body. */
  readonly onTraffic: (bytes: number) => void;
  /** Called for every answer to a request that is under way. */
  readonly onAnswer: () => void;
  /** Called for every message that was dropped. */
  readonly onStray: () => void;
}

/** Messages that were dropped because they fitted nothing. */
export interface Ignored {
  malformed: number;
  unknown: number;
  duplicate: number;
}

interface Exchange {
  readonly resolve: (response: Response) => void;
  readonly reject: (reason: unknown) => void;
  readonly deadline: number;
  readonly release: () => void;
  sender: BodySender | null;
  receiver: BodyReceiver | null;
  isAnswered: boolean;
}

const SWEEP_MS = 100;
const NULL_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** The asking side of HTTP over a MessagePort; it trusts nothing that comes back. */
export class HttpClient {
  readonly ignored: Ignored = { malformed: 0, unknown: 0, duplicate: 0 };
  readonly #port: MessagePort;
  readonly #options: ClientOptions;
  readonly #exchanges = new Map<number, Exchange>();
  #nextId = 1;
  #sweeper: ReturnType<typeof setInterval> | null = null;
  #closedBy: unknown = null;

  constructor(port: MessagePort, options: ClientOptions) {
    this.#port = port;
    this.#options = options;
    port.onmessage = ({ data }) => {
      this.#receive(data);
    };
  }

  get inFlight(): number {
    return this.#exchanges.size;
  }

  async fetch(request: Request, signal?: AbortSignal): Promise<Response> {
    signal?.throwIfAborted();
    request.signal.throwIfAborted();
    const { method, url } = request;
    const { body, rest } = await openBody(request);
    signal?.throwIfAborted();
    request.signal.throwIfAborted();
    if (this.#closedBy !== null) throw this.#closedBy;
    const id = this.#nextId;
    this.#nextId += 1;
    const answer = this.#expect(id, request.signal, signal);
    const headers = headerPairs(request.headers);
    this.#post({ t: 'request', id, method, url, headers, body, more: rest !== null });
    if (rest) {
      const sender = new BodySender(id, this.#post, body?.byteLength ?? 0);
      const exchange = this.#exchanges.get(id);
      if (exchange) exchange.sender = sender;
      sender.send(rest).catch((error: unknown) => {
        this.#abandon(id, error);
      });
    }
    return answer;
  }

  /** Every exchange under way fails with `reason`, and so does every later one. */
  close(reason: unknown): void {
    if (this.#closedBy !== null) return;
    this.#closedBy = reason;
    this.#port.onmessage = null;
    this.#port.close();
    for (const id of this.#exchanges.keys()) this.#fail(id, reason);
    this.#stopSweeping();
  }

  readonly #post: Post = (message, transfer = []) => {
    if (this.#closedBy === null) this.#port.postMessage(message, transfer);
  };

  #expect(id: number, ...signals: readonly (AbortSignal | undefined)[]): Promise<Response> {
    return new Promise((resolve, reject) => {
      const onAbort = (event: Event): void => {
        this.#abandon(id, (event.target as AbortSignal).reason);
      };
      for (const signal of signals) signal?.addEventListener('abort', onAbort);
      const release = (): void => {
        for (const signal of signals) signal?.removeEventListener('abort', onAbort);
      };
      const deadline = performance.now() + this.#options.timeoutMs;
      const idle = { sender: null, receiver: null, isAnswered: false };
      this.#exchanges.set(id, { resolve, reject, release, deadline, ...idle });
      this.#sweeper ??= setInterval(() => {
        this.#sweep();
      }, SWEEP_MS);
    });
  }

  #receive(data: unknown): void {
    const message = readWire(data);
    this.#options.onTraffic(bytesOf(message));
    if (!message) {
      this.#ignore('malformed');
      return;
    }
    const exchange = this.#exchanges.get(message.id);
    if (!exchange) this.#ignore('unknown');
    else this.#handle(message, exchange);
  }

  #handle(message: Wire, exchange: Exchange): void {
    try {
      if (message.t === 'response') this.#answer(message, exchange);
      else if (message.t === 'chunk') exchange.receiver?.push(message.bytes);
      else if (message.t === 'end') this.#end(message.id, exchange);
      else if (message.t === 'credit') exchange.sender?.grant(message.bytes);
      else if (message.t === 'failed')
        this.#fail(message.id, new ExchangeFailed(message.failure, message.message));
      else this.#ignore('malformed');
    } catch (error) {
      this.#abandon(message.id, asBadResponse(error));
    }
  }

  #answer(head: ResponseHead, exchange: Exchange): void {
    if (exchange.isAnswered) {
      this.#ignore('duplicate');
      return;
    }
    exchange.isAnswered = true;
    this.#options.onAnswer();
    if ((head.body?.byteLength ?? 0) > this.#sizeLimit(head))
      throw new ExchangeFailed(
        'bad-response',
        `The body is larger than the limit of ${this.#options.maxResponseBytes} bytes.`,
      );
    const init = {
      status: head.status,
      headers: head.headers.map(([k, v]): [string, string] => [k, v]),
    };
    if (NULL_BODY.has(head.status) || !head.more) {
      const body = NULL_BODY.has(head.status) ? null : head.body;
      const response = new Response(body, init);
      rememberWholeBody(response, body);
      this.#forget(head.id, exchange);
      exchange.resolve(response);
      return;
    }
    const receiver = new BodyReceiver(head.id, this.#post, this.#options.maxResponseBytes, () => {
      this.#abandon(head.id, null);
    });
    exchange.receiver = receiver;
    const response = new Response(receiver.stream, init);
    if (head.body) receiver.push(head.body);
    exchange.resolve(response);
  }

  #ignore(kind: keyof Ignored): void {
    this.ignored[kind] += 1;
    this.#options.onStray();
  }

  #sizeLimit(head: ResponseHead): number {
    return head.more ? CHUNK_BYTES : this.#options.maxResponseBytes;
  }

  #end(id: number, exchange: Exchange): void {
    if (!exchange.receiver) return;
    this.#forget(id, exchange);
    exchange.receiver.end();
  }

  /** Ends by itself when nothing is under way: a timer for each request would cost more than the sweep. */
  #sweep(): void {
    if (this.#exchanges.size === 0) this.#stopSweeping();
    const now = performance.now();
    for (const [id, exchange] of this.#exchanges) {
      if (exchange.isAnswered || exchange.deadline > now) continue;
      const waited = `No answer within ${this.#options.timeoutMs} ms.`;
      this.#abandon(id, new ExchangeFailed('timeout', waited));
    }
  }

  /** Ends an exchange from this side and tells the other one. */
  #abandon(id: number, reason: unknown): void {
    if (!this.#exchanges.has(id)) return;
    this.#post({ t: 'cancel', id });
    this.#fail(id, reason);
  }

  #fail(id: number, reason: unknown): void {
    const exchange = this.#exchanges.get(id);
    if (!exchange) return;
    this.#forget(id, exchange);
    exchange.receiver?.fail(reason);
    exchange.reject(reason);
  }

  #forget(id: number, exchange: Exchange): void {
    this.#exchanges.delete(id);
    exchange.release();
    exchange.sender?.stop(null);
  }

  #stopSweeping(): void {
    if (this.#sweeper !== null) clearInterval(this.#sweeper);
    this.#sweeper = null;
  }
}

function bytesOf(message: Wire | null): number {
  if (message?.t === 'chunk') return message.bytes.byteLength;
  return message?.t === 'response' ? (message.body?.byteLength ?? 0) : 0;
}

function asBadResponse(error: unknown): ExchangeFailed {
  if (error instanceof ExchangeFailed) return error;
  return new ExchangeFailed('bad-response', `Not an HTTP response: ${String(error)}`);
}
