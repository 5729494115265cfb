import node from './runtime/node-main.ts?sandboxed';
import accelerated from './runtime/accelerated-main.ts?sandboxed';
import worker from './runtime/main.ts?sandboxed';

/** Where containers run: in workers of the sandbox, or in Node processes of a WebContainer. */
export type PodPlace = 'worker' | 'webcontainer';

/** Fetches what every container runs before a learner's module: the `runtime` of `createWorkerPodHost`. */
export async function fetchPodRuntime(place: PodPlace): Promise<string> {
  return fetchText(place === 'worker' ? worker : node);
}

/** The same for containers that were given the accelerator: it brings the engine that can use it. */
export function fetchAcceleratedRuntime(): Promise<string> {
  return fetchText(accelerated);
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`The pod runtime could not be fetched: ${url} answered ${response.status}.`);
  return await response.text();
}
