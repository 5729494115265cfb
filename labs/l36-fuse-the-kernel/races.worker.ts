import { findRaces } from './find-races.ts';
import type { Pass } from './start/kernel.ts';

/** A worker, because it can be ended: a loop of the learner may have no end. */
interface Asked {
  readonly memory: string;
  readonly shader: string;
  readonly passes: readonly Pass[];
}

// The emulator tells every oddity of every invocation there.
console.error = console.warn = () => {};

onmessage = ({ data }: MessageEvent<Asked>) => {
  postMessage(findRaces(data.memory, data.shader, data.passes));
};
