import { openSandbox } from '#sandbox/open-sandbox.ts';
import { openNodePlace } from './node-place.ts';
import { runContract, type ContractResult } from './pod-contract.ts';
import { fetchPodRuntime, type PodPlace } from './pod-runtime.ts';
import { createWorkerPodHost } from './worker-pod-host.ts';

declare global {
  interface Window {
    hostsPage?: { run(place: PodPlace): Promise<readonly ContractResult[]> };
  }
}

window.hostsPage = {
  /** Runs the contract of pod hosts; rejects with `NodeUnavailable` where there is no WebContainer. */
  async run(place) {
    const { signal } = new AbortController();
    const opened =
      place === 'worker' ? await openSandbox(signal) : await openNodePlace({ files: {}, signal });
    const runtime = await fetchPodRuntime(place);
    const host = createWorkerPodHost({ broker: opened.connect(), runtime });
    try {
      return await runContract(host);
    } finally {
      host.close();
      if ('remove' in opened) opened.remove();
      else opened.close();
    }
  },
};
document.documentElement.dataset['ready'] = '';
