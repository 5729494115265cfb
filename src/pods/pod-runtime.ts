import url from './runtime/main.ts?sandboxed';

/** Fetches what every container runs before a learner's module: the `runtime` of `createWorkerPodHost`. */
export async function fetchPodRuntime(signal?: AbortSignal): Promise<string> {
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok)
    throw new Error(`The pod runtime could not be fetched: ${url} answered ${response.status}.`);
  return await response.text();
}
