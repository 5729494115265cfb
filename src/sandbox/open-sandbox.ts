import probe from './probe.ts?sandboxed-text';
import { openFrame, type Frame } from './open-frame.ts';
import { judgeProbe } from './judge-probe.ts';
import { sandboxPath } from './policy.ts';
import { PROBE_CACHE, type ProbeReport } from './probe.ts';
import { SandboxUnavailable } from './sandbox-unavailable.ts';
import { connectWorkers, moduleUrl, SpawnFailed } from './workers.ts';

/** An opaque-origin frame without network, in which workers run learners' code. */
export interface Sandbox {
  /** A port for `connectWorkers`, here or in a worker it is transferred to. */
  connect(): MessagePort;
  /** Ends every worker in it. */
  remove(): void;
}

const PROBE_LIMIT_MS = 10_000;

/**
 * Opens a sandbox and tries from inside whether it holds. Rejects with `SandboxUnavailable`, whose
 * message says in plain words what is weaker than it must be.
 */
export async function openSandbox(signal: AbortSignal): Promise<Sandbox> {
  const frame = await openFrame(signal);
  try {
    const problem = judgeProbe(await withBait(() => runProbe(frame, signal)));
    if (problem) throw new SandboxUnavailable(problem);
    return frame;
  } catch (error) {
    frame.remove();
    throw error;
  }
}

/** Leaves an entry in this origin's cache while the probe looks for it. */
async function withBait<T>(probe: () => Promise<T>): Promise<T> {
  if (!('caches' in globalThis)) return probe();
  const cache = await caches.open(PROBE_CACHE);
  await cache.put(target(), new Response('bait'));
  try {
    return await probe();
  } finally {
    await caches.delete(PROBE_CACHE);
  }
}

function target(): string {
  return new URL(sandboxPath, location.href).href;
}

async function runProbe(frame: Frame, signal: AbortSignal): Promise<ProbeReport> {
  const broker = frame.connect();
  try {
    const worker = await connectWorkers(broker)
      .spawn({ name: 'probe', module: moduleUrl(probe) }, signal)
      .catch((error: unknown) => {
        throw error instanceof SpawnFailed ? noModuleWorkers(error) : error;
      });
    try {
      return await askProbe(worker.port, signal);
    } finally {
      worker.kill();
    }
  } finally {
    broker.close();
  }
}

function askProbe(port: MessagePort, signal: AbortSignal): Promise<ProbeReport> {
  return new Promise((resolve, reject) => {
    const limit = AbortSignal.timeout(PROBE_LIMIT_MS);
    limit.addEventListener('abort', () => {
      reject(new SandboxUnavailable('The check of the sandbox did not finish in 10 seconds.'));
    });
    signal.addEventListener('abort', () => {
      reject(signal.reason);
    });
    port.onmessage = ({ data }: MessageEvent<ProbeReport>) => {
      resolve(data);
    };
    port.postMessage({ target: target() });
  });
}

function noModuleWorkers(cause: SpawnFailed): SandboxUnavailable {
  return new SandboxUnavailable(
    `This browser does not run module workers inside an isolated frame (${cause.message}).`,
  );
}
