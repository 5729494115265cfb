/**
 * The only script of the sandbox document. It starts and ends workers and passes ports on; it never
 * evaluates what a learner wrote and never reads what a worker says.
 */
type Command =
  | { readonly type: 'spawn'; readonly id: number; readonly name: string }
  | { readonly type: 'kill'; readonly id: number };

/** Waits for one port, on it for one module and the port that this module is to have, and runs it. */
const BOOT =
  'onmessage=({ports:[boot]})=>{onmessage=null;' +
  'boot.onmessage=({data,ports})=>{boot.onmessage=null;' +
  'import(data).then((module)=>{module.default(ports[0]);boot.postMessage({started:true})})' +
  '.catch((error)=>boot.postMessage({started:false,message:String(error).slice(0,500)}))}}';
const MAX_WORKERS = 128;

let running = 0;

addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window.parent) return;
  const [port] = event.ports;
  if (port && isConnect(event.data)) serve(port);
});

function serve(port: MessagePort): void {
  const workers = new Map<number, Worker>();
  port.onmessage = ({ data, ports }: MessageEvent<Command>) => {
    const [boot] = ports;
    if (data.type === 'kill') kill(workers, data.id);
    else if (data.type === 'spawn' && boot) spawn(workers, data, boot, port);
  };
  port.postMessage({ type: 'connected' });
}

function spawn(
  workers: Map<number, Worker>,
  { id, name }: { readonly id: number; readonly name: string },
  boot: MessagePort,
  port: MessagePort,
): void {
  if (running >= MAX_WORKERS) {
    const message = `The sandbox already runs ${MAX_WORKERS} workers.`;
    port.postMessage({ type: 'failed', id, message });
    return;
  }
  const worker = new Worker(`data:text/javascript,${encodeURIComponent(BOOT)}`, {
    type: 'module',
    name,
  });
  running += 1;
  workers.set(id, worker);
  worker.onerror = (event) => {
    event.preventDefault();
    port.postMessage({ type: 'failed', id, message: String(event.message).slice(0, 500) });
  };
  worker.postMessage(null, [boot]);
}

function kill(workers: Map<number, Worker>, id: number): void {
  const worker = workers.get(id);
  if (!worker) return;
  worker.onerror = null;
  worker.terminate();
  workers.delete(id);
  running -= 1;
}

function isConnect(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'connect';
}

export {};
