/** Not learner code but a runtime that has gone over: it has the port itself. */
export default function flood(port: MessagePort): void {
  port.onmessage = () => {
    port.onmessage = null;
    port.postMessage({ t: 'ready' });
    setInterval(() => {
      for (let line = 0; line < 2000; line += 1) port.postMessage({ t: 'log', level: 'info', text: 'x', dropped: 0 });
    }, 1);
  };
}
