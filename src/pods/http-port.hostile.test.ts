import { afterEach, expect, test, vi } from 'vitest';
import { connectHttp, type HttpConnection } from './http-port.ts';

const open: MessagePort[] = [];

afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** A hostile far end that answers by hand. */
async function answerBy(
  reply: (id: number, port: MessagePort) => void,
): Promise<{ connection: HttpConnection; answer: Promise<Response> }> {
  const { port1: near, port2: far } = new MessageChannel();
  open.push(near, far);
  far.onmessage = ({ data }) => {
    if (data.t === 'request') reply(data.id, far);
  };
  const connection = connectHttp(near, { timeoutMs: 300 });
  return { connection, answer: connection.fetch(new Request('http://a/')) };
}

const good = { t: 'response', status: 200, headers: [], body: null, more: false };

test('malformed and unknown messages are dropped and counted', async () => {
  const { connection, answer } = await answerBy((id, port) => {
    for (const junk of [null, 7, 'x', [], {}, { t: 'response' }, { t: 'response', id }])
      port.postMessage(junk);
    port.postMessage({ ...good, id, status: 99 });
    port.postMessage({ ...good, id, status: 200.5 });
    port.postMessage({ ...good, id, headers: [['a']] });
    port.postMessage({ ...good, id, headers: [{ 0: 'a', 1: 'b' }] });
    port.postMessage({ ...good, id, body: 'text' });
    port.postMessage({ ...good, id: id + 1, status: 500 });
    port.postMessage({ ...good, id, status: 202 });
  });
  expect((await answer).status).toBe(202);
  expect(connection.ignored).toEqual({ malformed: 12, unknown: 1, duplicate: 0 });
});

test('a header that HTTP forbids is a bad response', async () => {
  const { answer } = await answerBy((id, port) => {
    port.postMessage({ ...good, id, headers: [['x', 'a\r\nset-cookie: b']] });
  });
  await expect(answer).rejects.toMatchObject({ failure: 'bad-response' });
});

test('a second answer is ignored and counted, before and after the first has ended', async () => {
  const { connection, answer } = await answerBy((id, port) => {
    port.postMessage({ ...good, id, more: true, body: new TextEncoder().encode('one') });
    port.postMessage({ ...good, id, status: 500, body: new TextEncoder().encode('two') });
    port.postMessage({ t: 'end', id });
    port.postMessage({ ...good, id, status: 500 });
  });
  const response = await answer;
  expect([response.status, await response.text()]).toEqual([200, 'one']);
  await vi.waitFor(() => {
    expect(connection.ignored).toEqual({ malformed: 0, unknown: 1, duplicate: 1 });
  });
});

test('a sender that ignores back-pressure fails its body', async () => {
  const { answer } = await answerBy((id, port) => {
    port.postMessage({ ...good, id, more: true });
    for (let index = 0; index < 20; index += 1)
      port.postMessage({ t: 'chunk', id, bytes: new Uint8Array(64 * 1024) });
  });
  const response = await answer;
  await new Promise((resolve) => setTimeout(resolve, 20));
  await expect(response.arrayBuffer()).rejects.toThrow('ignored back-pressure');
});

test('a prototype sent as data pollutes nothing', async () => {
  const { answer } = await answerBy((id, port) => {
    port.postMessage({ ...good, id, headers: JSON.parse('[["__proto__","polluted"]]') });
    port.postMessage(JSON.parse(`{"t":"chunk","id":${id},"__proto__":{"polluted":true}}`));
  });
  await answer;
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
