import { createModels } from '#models/serve.ts';
import type { HostMessage, PodMessage } from '../control/messages.ts';
import { connectHttp, serveHttp } from '../http-port.ts';
import { AssetReader } from './asset-reader.ts';
import { confine } from './confine.ts';
import { installConsole } from './console.ts';
import { exposeMetrics } from './expose-metrics.ts';
import { findHandler } from './handler.ts';
import { limitMemory } from './memory-limit.ts';
import { installModules } from './modules.ts';
import { installNetwork } from './network.ts';
import { readLineMap } from '../line-map.ts';
import { describeError, traceImage } from './describe-error.ts';

type Start = Extract<HostMessage, { t: 'start' }>;
export type Tell = (message: PodMessage) => void;

/** Runs one container in this worker. The worker's only way out is `port`, which learner code never sees. */
export default function runContainer(port: MessagePort): void {
  const assets = new AssetReader((id, path) => {
    tell({ t: 'read', id, path });
  });
  const tell: Tell = (message) => {
    port.postMessage(message);
  };
  port.onmessage = ({ data, ports }: MessageEvent<HostMessage>) => {
    if (data.t === 'ping') tell({ t: 'pong', n: data.n });
    else if (data.t === 'start') void start(data, ports, assets, tell);
    else assets.settle(data);
  };
}

async function start(
  { name, code, env, memoryBytes }: Start,
  [inbound, outbound]: readonly MessagePort[],
  assets: AssetReader,
  tell: Tell,
): Promise<void> {
  if (!inbound || !outbound) throw new Error('A container starts with two ports.');
  const network = connectHttp(outbound);
  confine();
  const log = installConsole(tell);
  exitOnUncaught(log, tell);
  limitMemory(memoryBytes, tell);
  installNetwork(network);
  const models = createModels({ readAsset: (path) => assets.read(path) });
  installModules(models, tell);
  try {
    traceImage(`${name}.js`, readLineMap(code));
    const handler = exposeMetrics(findHandler(await import(toModule(code, name)), env));
    serveHttp(inbound, async (request) => {
      try {
        return await handler(request);
      } catch (error) {
        log('error', describeError(error));
        return new Response('Internal Server Error', { status: 500 });
      }
    });
    tell({ t: 'ready' });
  } catch (error) {
    exit(error, log, tell);
  }
}

/** As Node: what nobody caught ends the process with code 1. */
function exitOnUncaught(log: Log, tell: Tell): void {
  addEventListener('error', (event) => {
    event.preventDefault();
    exit(event.error ?? event.message, log, tell);
  });
  addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    exit(event.reason, log, tell);
  });
}

type Log = ReturnType<typeof installConsole>;

function exit(error: unknown, log: Log, tell: Tell): void {
  const text = describeError(error);
  log('error', text);
  const message = (text.split('\n')[0] ?? text).slice(0, 1000);
  tell({ t: 'exit', reason: 'Error', message });
}

/** The name given here is what stack traces show. */
function toModule(code: string, name: string): string {
  const text = `${code}\n//# sourceURL=${name}.js`;
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`;
}
