/** A runtime that answers every request twice, the second time with a lie. */
export default function answerTwice(port: MessagePort): void {
  port.onmessage = ({ data, ports }) => {
    if (data.t === 'ping') port.postMessage({ t: 'pong', n: data.n });
    const [http] = ports;
    if (!http) return;
    http.onmessage = ({ data: { id } }) => {
      const answer = { t: 'response', id, headers: [], more: false };
      http.postMessage({ ...answer, status: 200, body: new TextEncoder().encode('first') });
      http.postMessage({ ...answer, status: 500, body: new TextEncoder().encode('second') });
      http.postMessage({ ...answer, id: id + 1, status: 200, body: new TextEncoder().encode('ahead of its time') });
    };
    port.postMessage({ t: 'ready' });
  };
}
