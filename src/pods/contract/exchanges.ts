import { get, nameOf, never, post, until, using } from './bench.ts';
import type { ContractCase } from './case.ts';

/** What holds for requests, answers and logs. */
export const exchanges: readonly ContractCase[] = [
  {
    name: 'an answer has its status, headers and body, and the handler has the request and the environment',
    expected: [
      201,
      'triage',
      { method: 'POST', path: '/classify?k=1', text: 'disk füll', env: 'a' },
    ],
    run: (host) =>
      using(
        host,
        `async (request, env) => {
          const { pathname, search } = new URL(request.url);
          const body = { method: request.method, path: pathname + search, text: await request.text(), env: env.ZONE };
          return Response.json(body, { status: 201, headers: { 'x-model': 'triage' } });
        }`,
        async ({ container }) => {
          const answer = await container.fetch(post('/classify?k=1', 'disk füll'), never);
          return [answer.status, answer.headers.get('x-model'), await answer.json()];
        },
      ),
  },
  {
    name: 'bytes are not changed in either direction',
    expected: [300_000, true],
    run: (host) =>
      using(
        host,
        `async (request) => new Response(await request.arrayBuffer())`,
        async ({ container }) => {
          const sent = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
          const answer = await container.fetch(post('/', sent), never);
          const got = new Uint8Array(await answer.arrayBuffer());
          return [got.length, got.every((byte, index) => byte === sent[index])];
        },
      ),
  },
  {
    name: 'the first piece of a stream arrives before the last is made',
    expected: ['first', 'ok', 'last', true],
    run: (host) =>
      using(
        host,
        `(() => {
          let finish;
          return (request) => {
            if (request.url.endsWith('/finish')) { finish(); return new Response('ok'); }
            const encoder = new TextEncoder();
            return new Response(new ReadableStream({
              async start(controller) {
                controller.enqueue(encoder.encode('first'));
                await new Promise((resolve) => { finish = resolve; });
                controller.enqueue(encoder.encode('last'));
                controller.close();
              },
            }));
          };
        })()`,
        async ({ container }) => {
          const reader = (await container.fetch(get('/'), never)).body?.getReader();
          const text = async () => new TextDecoder().decode((await reader?.read())?.value);
          const first = await text();
          const finished = await (await container.fetch(get('/finish'), never)).text();
          const last = await text();
          return [first, finished, last, (await reader?.read())?.done];
        },
      ),
  },
  {
    name: 'a request that is given up reaches the handler as an aborted signal',
    expected: ['AbortError', ['waiting', 'aborted']],
    run: (host) =>
      using(
        host,
        `(request) => new Promise(() => {
          console.log('waiting');
          request.signal.addEventListener('abort', () => console.log('aborted'));
        })`,
        async ({ container, lines }) => {
          const stop = new AbortController();
          const answer = container.fetch(get('/'), stop.signal).then(String, nameOf);
          await until(() => lines.length === 1);
          stop.abort();
          const failure = await answer;
          await until(() => lines.length === 2);
          return [failure, lines.map(({ text }) => text)];
        },
      ),
  },
  {
    name: 'calls from the container go to the cluster network and nowhere else',
    expected: ['GET http://ledger/balance', 'seven'],
    run: (host) =>
      using(
        host,
        `async () => new Response(await (await fetch('http://ledger/balance')).text())`,
        async ({ container, calls }) => {
          const answer = await container.fetch(get('/'), never);
          return [calls[0], await answer.text()];
        },
      ),
  },
  {
    name: 'log lines arrive in order with their levels',
    expected: [
      ['info', 'one 1'],
      ['warn', 'two'],
      ['error', 'three'],
    ],
    run: (host) =>
      using(
        host,
        `() => { console.log('one', 1); console.warn('two'); console.error('three'); return new Response(); }`,
        async ({ container, lines }) => {
          await container.fetch(get('/'), never);
          await until(() => lines.length === 3);
          return lines.map(({ level, text }) => [level, text]);
        },
      ),
  },
  {
    name: 'a handler that throws answers 500 and says so in its log',
    expected: [500, true, 200],
    run: (host) =>
      using(
        host,
        `(request) => { if (request.url.endsWith('/bad')) throw new Error('no such shard'); return new Response(); }`,
        async ({ container, lines }) => {
          const { status } = await container.fetch(get('/bad'), never);
          await until(() => lines.length === 1);
          const next = await container.fetch(get('/'), never);
          return [status, lines[0]?.text.startsWith('Error: no such shard'), next.status];
        },
      ),
  },
];
