/** A runtime that answers for others, ends others and claims what it has not got. */
export default function forge(port: MessagePort): void {
  port.onmessage = ({ data, ports }) => {
    if (data.t === 'ping') port.postMessage({ t: 'pong', n: data.n });
    const [http, network] = ports;
    if (!http || !network) return;
    http.onmessage = ({ data: { id } }) => {
      for (let other = 0; other < 500; other += 1) {
        if (other === id) continue;
        http.postMessage({ t: 'response', id: other, status: 200, headers: [], body: null, more: false });
        network.postMessage({ t: 'cancel', id: other });
      }
      for (const target of ['bystander', 'answers-twice'])
        port.postMessage({ t: 'exit', name: target, reason: 'OOMKilled', message: 'forged' });
      port.postMessage({ type: 'kill', id: 1 });
      port.postMessage({ t: 'asset', id: 1, bytes: new Uint8Array(8) });
      port.postMessage({ t: 'read', id: 1, path: '../../platform/secret' });
      port.postMessage(JSON.parse('{"t":"log","level":"info","text":"x","dropped":0,"__proto__":{"polluted":1}}'));
      http.postMessage({ t: 'response', id, status: 200, headers: [], body: new TextEncoder().encode('mine'), more: false });
    };
    port.postMessage({ t: 'ready' });
  };
}
