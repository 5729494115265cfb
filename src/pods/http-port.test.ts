import { afterEach, expect, test, vi } from 'vitest';
import { ExchangeFailed } from './exchange-failure.ts';
import { connectHttp, serveHttp, type HttpConnection } from './http-port.ts';

const open: MessagePort[] = [];

afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

function channel(): [MessagePort, MessagePort] {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  return [port1, port2];
}

function connect(handler: (request: Request) => Response | Promise<Response>): HttpConnection {
  const [near, far] = channel();
  serveHttp(far, handler);
  return connectHttp(near);
}

test('a request arrives whole and its answer comes back whole', async () => {
  const connection = connect(async (request) => {
    const text = await request.text();
    const headers = { 'x-model': 'triage' };
    return Response.json(
      { method: request.method, url: request.url, text },
      { status: 201, headers },
    );
  });
  const answer = await connection.fetch(
    new Request('http://triage/predict?k=1', { method: 'POST', body: 'disk full' }),
  );
  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-model')).toBe('triage');
  expect(await answer.json()).toEqual({
    method: 'POST',
    url: 'http://triage/predict?k=1',
    text: 'disk full',
  });
});

test('bytes are not changed in either direction', async () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
  const connection = connect(async (request) => new Response(await request.arrayBuffer()));
  const answer = await connection.fetch(new Request('http://a/', { method: 'POST', body: bytes }));
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
});

test('an answer without a body stays without one', async () => {
  const connection = connect(() => new Response(null, { status: 204 }));
  const answer = await connection.fetch(new Request('http://a/'));
  expect([answer.status, answer.body]).toEqual([204, null]);
});

test('the first tokens of a stream arrive before the last is made', async () => {
  const finish = Promise.withResolvers<void>();
  const connection = connect(() => {
    async function* tokens() {
      yield new TextEncoder().encode('first ');
      await finish.promise;
      yield new TextEncoder().encode('last');
    }
    return new Response(streamOf(tokens()));
  });
  const answer = await connection.fetch(new Request('http://a/'));
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toBe('first ');
  finish.resolve();
  expect((await reader.read()).value).toBe('last');
  expect((await reader.read()).done).toBe(true);
});

test('a sender stops when nobody reads', async () => {
  let made = 0;
  const connection = connect(
    () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            made += 1;
            if (made > 1000) controller.close();
            else controller.enqueue(new Uint8Array(16 * 1024));
          },
        }),
      ),
  );
  const answer = await connection.fetch(new Request('http://a/'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(made).toBeLessThan(30);
  const whole = await answer.arrayBuffer();
  expect(whole.byteLength).toBe(1000 * 16 * 1024);
});

test('a request body is streamed too', async () => {
  const connection = connect(
    async (request) => new Response(String((await request.text()).length)),
  );
  const pieces = streamOf(
    (async function* () {
      for (let index = 0; index < 100; index += 1)
        yield new TextEncoder().encode('x'.repeat(10_000));
    })(),
  );
  const init = { method: 'POST', body: pieces, duplex: 'half' } as RequestInit;
  const answer = await connection.fetch(new Request('http://a/', init));
  expect(await answer.text()).toBe('1000000');
});

test('aborting before the answer reaches the handler and rejects with the reason', async () => {
  const aborted = Promise.withResolvers<unknown>();
  const connection = connect((request) => {
    request.signal.addEventListener('abort', () => {
      aborted.resolve(request.signal.reason);
    });
    return new Promise<Response>(() => undefined);
  });
  const controller = new AbortController();
  const answer = connection.fetch(new Request('http://a/'), controller.signal);
  setTimeout(() => {
    controller.abort(new Error('enough'));
  }, 10);
  await expect(answer).rejects.toThrow('enough');
  expect(await aborted.promise).toMatchObject({ name: 'AbortError' });
  expect(connection.inFlight).toBe(0);
});

test('giving up on a streamed body reaches its source', async () => {
  const cancelled = Promise.withResolvers<void>();
  const connection = connect(
    () =>
      new Response(
        new ReadableStream({
          async pull(controller) {
            controller.enqueue(new Uint8Array(1000));
            await new Promise((resolve) => setTimeout(resolve, 1));
          },
          cancel() {
            cancelled.resolve();
          },
        }),
      ),
  );
  const answer = await connection.fetch(new Request('http://a/'));
  await answer.body!.cancel();
  await cancelled.promise;
  expect(connection.inFlight).toBe(0);
});

test('a handler that throws or returns no Response is a failed exchange', async () => {
  const thrown = connect(() => {
    throw new Error('model not loaded');
  });
  await expect(thrown.fetch(new Request('http://a/'))).rejects.toThrow('model not loaded');
  const nothing = connect(() => undefined as unknown as Response);
  await expect(nothing.fetch(new Request('http://a/'))).rejects.toMatchObject({
    failure: 'bad-response',
  });
});

test('a handler that throws ExchangeFailed passes the failure on', async () => {
  const connection = connect(() => {
    throw new ExchangeFailed('timeout', 'No endpoint answered.');
  });
  await expect(connection.fetch(new Request('http://a/'))).rejects.toMatchObject({
    failure: 'timeout',
    message: 'No endpoint answered.',
  });
});

test('no answer within the limit is a timeout, and the handler hears of it', async () => {
  const [near, far] = channel();
  const aborted = vi.fn();
  serveHttp(far, (request) => {
    request.signal.addEventListener('abort', aborted);
    return new Promise<Response>(() => undefined);
  });
  const connection = connectHttp(near, { timeoutMs: 50 });
  await expect(connection.fetch(new Request('http://a/'))).rejects.toMatchObject({
    failure: 'timeout',
  });
  await vi.waitFor(() => {
    expect(aborted).toHaveBeenCalledOnce();
  });
});

test('a response larger than the limit is refused', async () => {
  const [near, far] = channel();
  serveHttp(far, () => new Response(new Uint8Array(2000)));
  const connection = connectHttp(near, { maxResponseBytes: 1000 });
  await expect(connection.fetch(new Request('http://a/'))).rejects.toMatchObject({
    failure: 'bad-response',
  });
});

test('closing rejects what is under way and everything after', async () => {
  const connection = connect(() => new Promise<Response>(() => undefined));
  const before = connection.fetch(new Request('http://a/'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  connection.close(new ExchangeFailed('reset', 'The pod was deleted.'));
  await expect(before).rejects.toThrow('The pod was deleted.');
  await expect(connection.fetch(new Request('http://a/'))).rejects.toThrow('The pod was deleted.');
});

test('many requests at once get their own answers', async () => {
  const connection = connect(async (request) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
    return new Response(new URL(request.url).pathname);
  });
  const paths = Array.from({ length: 200 }, (_, index) => `/${index}`);
  const answers = await Promise.all(
    paths.map(async (path) => (await connection.fetch(new Request(`http://a${path}`))).text()),
  );
  expect(answers).toEqual(paths);
});

function streamOf(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}
