import { Worker } from 'node:worker_threads';
import type { SandboxedWorkers } from '#sandbox/workers.ts';

const BOOT = `import { parentPort } from 'node:worker_threads';
parentPort.once('message', ({ module, port }) => {
  import(module).then(({ default: run }) => { run(port); parentPort.postMessage('started'); });
});`;

/** Threads in place of the sandbox's workers: the same code and messages, without the frame around them. */
export function openPolicyWorkers(): SandboxedWorkers {
  return {
    spawn: async ({ module }) => {
      const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(BOOT)}`));
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ module, port: port2 }, [port2 as never]);
      await new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      });
      worker.on('error', () => {});
      return {
        port: port1,
        kill: () => {
          port1.close();
          void worker.terminate();
        },
      };
    },
  };
}
