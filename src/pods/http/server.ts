import { ExchangeFailed } from '../exchange-failure.ts';
import { BodyReceiver } from './body-receiver.ts';
import { BodySender } from './body-sender.ts';
import { canStreamRequests, headerPairs, openBody } from './message.ts';
import { rememberWholeBody } from './whole-body.ts';
import { readWire, type Post, type RequestHead, type Wire } from './wire.ts';

export type HttpHandler = (request: Request) => Response | Promise<Response>;

export interface ServerOptions {
  /** Exchanges at once; one more is refused as `reset`. */
  readonly maxInFlight: number;
  readonly maxRequestBytes: number;
  /** Called for every message that arrives, with the bytes of its body. */
  readonly onTraffic: (bytes: number) => void;
  /** Called for every request, also one that is refused. */
  readonly onRequest: () => void;
}

interface Exchange {
  readonly controller: AbortController;
  receiver: BodyReceiver | null;
  sender: BodySender | null;
}

/** The answering side of HTTP over a MessagePort. */
export class HttpServer {
  readonly #port: MessagePort;
  readonly #handler: HttpHandler;
  readonly #options: ServerOptions;
  readonly #exchanges = new Map<number, Exchange>();
  #isClosed = false;

  constructor(port: MessagePort, handler: HttpHandler, options: ServerOptions) {
    this.#port = port;
    this.#handler = handler;
    this.#options = options;
    port.onmessage = ({ data }) => {
      this.#receive(data);
    };
  }

  /** Aborts every request under way and stops listening. */
  close(reason: unknown): void {
    this.#isClosed = true;
    this.#port.onmessage = null;
    this.#port.close();
    for (const id of this.#exchanges.keys()) this.#cancel(id, reason);
  }

  readonly #post: Post = (message, transfer = []) => {
    if (!this.#isClosed) this.#port.postMessage(message, transfer);
  };

  #receive(data: unknown): void {
    const message = readWire(data);
    this.#options.onTraffic(bytesOf(message));
    if (!message) return;
    if (message.t === 'request') {
      this.#options.onRequest();
      void this.#serve(message);
      return;
    }
    const exchange = this.#exchanges.get(message.id);
    if (exchange) this.#handle(message, exchange);
  }

  #handle(message: Wire, exchange: Exchange): void {
    if (message.t === 'credit') exchange.sender?.grant(message.bytes);
    else if (message.t === 'end') exchange.receiver?.end();
    else if (message.t === 'cancel') this.#cancel(message.id, abortReason());
    else if (message.t === 'chunk') this.#push(message.id, message.bytes, exchange);
  }

  #push(id: number, bytes: Uint8Array<ArrayBuffer>, exchange: Exchange): void {
    try {
      exchange.receiver?.push(bytes);
    } catch (error) {
      exchange.receiver?.fail(error);
      this.#refuse(id, error);
      this.#cancel(id, error);
    }
  }

  async #serve(head: RequestHead): Promise<void> {
    const { id } = head;
    if (this.#exchanges.has(id)) return;
    if (this.#exchanges.size >= this.#options.maxInFlight) {
      const limit = `${this.#options.maxInFlight} requests are already under way.`;
      this.#refuse(id, new ExchangeFailed('reset', limit));
      return;
    }
    const exchange: Exchange = { controller: new AbortController(), receiver: null, sender: null };
    this.#exchanges.set(id, exchange);
    try {
      const request = await this.#open(head, exchange);
      await this.#answer(id, exchange, await this.#handler(request));
    } catch (error) {
      if (!exchange.controller.signal.aborted) this.#refuse(id, error);
    } finally {
      if (this.#exchanges.get(id) === exchange) this.#exchanges.delete(id);
    }
  }

  async #open(head: RequestHead, exchange: Exchange): Promise<Request> {
    const { method, url, headers, body } = head;
    if ((body?.byteLength ?? 0) > this.#options.maxRequestBytes)
      throw new ExchangeFailed('reset', 'The request body is too large.');
    const init = {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      signal: exchange.controller.signal,
    };
    if (!head.more) return requestWith(url, init, body);
    const receiver = this.#receiveBody(head, exchange);
    if (!canStreamRequests)
      return requestWith(
        url,
        init,
        new Uint8Array(await new Response(receiver.stream).arrayBuffer()),
      );
    // `duplex` is required with a stream and still missing from TypeScript's DOM types.
    return new Request(url, { ...init, body: receiver.stream, duplex: 'half' } as RequestInit);
  }

  #receiveBody(head: RequestHead, exchange: Exchange): BodyReceiver {
    const receiver = new BodyReceiver(head.id, this.#post, this.#options.maxRequestBytes, () => {
      exchange.receiver = null;
    });
    exchange.receiver = receiver;
    if (head.body) receiver.push(head.body);
    return receiver;
  }

  async #answer(id: number, exchange: Exchange, response: unknown): Promise<void> {
    if (!(response instanceof Response))
      throw new ExchangeFailed('bad-response', 'The handler did not return a Response.');
    const { body, rest } = await openBody(response);
    if (exchange.controller.signal.aborted) {
      await rest?.reader.cancel(abortReason());
      return;
    }
    const headers = headerPairs(response.headers);
    this.#post({ t: 'response', id, status: response.status, headers, body, more: rest !== null });
    if (!rest) return;
    exchange.sender = new BodySender(id, this.#post, body?.byteLength ?? 0);
    await exchange.sender.send(rest);
  }

  #cancel(id: number, reason: unknown): void {
    const exchange = this.#exchanges.get(id);
    if (!exchange) return;
    this.#exchanges.delete(id);
    exchange.controller.abort(reason);
    exchange.receiver?.fail(reason);
    exchange.sender?.stop(reason);
  }

  #refuse(id: number, error: unknown): void {
    const failure = error instanceof ExchangeFailed ? error.failure : 'reset';
    const message = error instanceof Error ? error.message : String(error);
    this.#post({ t: 'failed', id, failure, message: message.slice(0, 4000) });
  }
}

function requestWith(
  url: string,
  init: RequestInit,
  body: Uint8Array<ArrayBuffer> | null,
): Request {
  if (body === null) return new Request(url, init);
  const request = new Request(url, { ...init, body });
  rememberWholeBody(request, body);
  return request;
}

function abortReason(): DOMException {
  return new DOMException('The client went away.', 'AbortError');
}

function bytesOf(message: Wire | null): number {
  if (message?.t === 'chunk') return message.bytes.byteLength;
  return message?.t === 'request' ? (message.body?.byteLength ?? 0) : 0;
}
