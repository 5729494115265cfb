import type { LabCheck } from '#labs/check-context.ts';
import { readPasses } from '../attempt.ts';
import type { Races } from '../find-races.ts';
import memory from '../start/memory.wgsl?raw';

const LIMIT_MS = 15_000;

const check: LabCheck = {
  id: 'ordered',
  title: 'A barrier stands between writing and reading',
  instruction: '2',
  points: 2,
  hint: 'Between two barriers an invocation may read what it wrote itself, and what others wrote before the first of the two. Look at both directions: reading too early, and overwriting too early.',
  async run(context, signal) {
    const passes = readPasses(context);
    const shader = context.files['softmax.wgsl'] ?? '';
    const { races, trouble } = await emulate({ memory, shader, passes }, signal);
    return {
      passed: races.length === 0,
      measured:
        races[0] ??
        (trouble === null
          ? 'in an emulated workgroup every access is ordered'
          : `the emulator could not follow this shader (${trouble}), so only its results count`),
      bar: 'no two invocations touch the same place between two barriers, where one of them writes',
      why: 'On one adapter it goes well by chance, on the next it is wrong once in a thousand runs. So it is looked for in an emulator, not on your device.',
    };
  },
};

export default check;

/** In a worker of its own, ended when it takes too long. */
async function emulate(asked: object, signal: AbortSignal): Promise<Races> {
  const worker = new Worker(new URL('../races.worker.ts', import.meta.url), { type: 'module' });
  const limit = AbortSignal.timeout(LIMIT_MS);
  const { promise, resolve, reject } = Promise.withResolvers<Races>();
  worker.onmessage = ({ data }: MessageEvent<Races>) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(`The emulator ended: ${message}`));
  limit.onabort = () => resolve({ races: [], trouble: 'it takes too long there' });
  signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  worker.postMessage(asked);
  return promise.finally(() => worker.terminate());
}
