import type { AssetSource } from '#models/asset-source.ts';
import { createModels } from '#models/serve.ts';
import type { AcceleratedRuntime } from '#models/webgpu-runtime.ts';
import type { HostMessage, PodMessage } from '../control/messages.ts';
import { connectHttp, serveHttp } from '../http-port.ts';
import { hideAccelerator, useAccelerator } from './accelerator.ts';
import { AssetReader } from './asset-reader.ts';
import { installConsole } from './console.ts';
import { exposeMetrics } from './expose-metrics.ts';
import { findHandler } from './handler.ts';
import { limitMemory } from './memory-limit.ts';
import { rememberResponses } from './known-responses.ts';
import { installModules } from './modules.ts';
import { installNetwork } from './network.ts';
import { readLineMap } from '../line-map.ts';
import { describeError, traceImage } from './describe-error.ts';

type Start = Extract<HostMessage, { t: 'start' }>;
export type Tell = (message: PodMessage) => void;

/** What differs between a worker of the browser and a process of Node. */
export interface Realm {
  /** Takes away what an image is not to see. */
  confine(): void;
  /** The engine for the accelerator, in realms that bring it. */
  readonly openAccelerator?: (
    source: AssetSource,
    onBytes?: (received: number) => void,
  ) => Promise<AcceleratedRuntime>;
  /** Calls back with everything that nobody caught, which then ends nothing by itself. */
  onUncaught(listener: (error: unknown) => void): void;
}

/** Runs one container in this realm. Its only way out is `port`, which learner code never sees. */
export function runContainer(port: MessagePort, realm: Realm): void {
  const assets = new AssetReader((id, path) => {
    tell({ t: 'read', id, path });
  });
  const tell: Tell = (message) => {
    port.postMessage(message);
  };
  port.onmessage = ({ data, ports }: MessageEvent<HostMessage>) => {
    if (data.t === 'ping') tell({ t: 'pong', n: data.n });
    else if (data.t === 'start') void start(data, ports, assets, { tell, realm });
    else assets.settle(data);
  };
}

async function start(
  { name, code, env, memoryBytes, hasAccelerator }: Start,
  [inbound, outbound]: readonly MessagePort[],
  assets: AssetReader,
  { tell, realm }: { readonly tell: Tell; readonly realm: Realm },
): Promise<void> {
  if (!inbound || !outbound) throw new Error('A container starts with two ports.');
  const network = connectHttp(outbound);
  realm.confine();
  rememberResponses();
  const log = installConsole(tell);
  // As Node: what nobody caught ends the process with code 1.
  realm.onUncaught((error) => exit(error, log, tell));
  limitMemory(memoryBytes, tell);
  installNetwork(network);
  const accelerator = hasAccelerator ? useAccelerator(realm.openAccelerator, log, tell) : null;
  if (!hasAccelerator) hideAccelerator();
  const models = createModels({ readAsset: (path) => assets.read(path) }, accelerator);
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

export type Log = ReturnType<typeof installConsole>;

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
