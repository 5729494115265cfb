/** A runtime whose answers are not HTTP. */
export default function answerGarbage(port: MessagePort): void {
  port.onmessage = ({ data, ports }) => {
    if (data.t === 'ping') port.postMessage({ t: 'pong', n: data.n });
    const [http] = ports;
    if (!http) return;
    http.onmessage = ({ data: { id } }) => {
      http.postMessage({ t: 'response', id, status: 200, more: false, body: null, headers: [['a b', 'c\r\nd']] });
    };
    port.postMessage({ t: 'ready' });
  };
}
