import type { Counters } from './counters.ts';
import type { Decoder } from './decoder.ts';
import type { RunningBatch } from './running-batch.ts';
import { deliver, type Sequence } from './sequence.ts';

/** A batch that keeps no keys and values: each token reads its whole text again. To compare with, not to serve. */
export function createRecomputingBatch(decoder: Decoder, counters: Counters): RunningBatch {
  let joining: readonly Sequence[] = [];
  let running: readonly Sequence[] = [];

  const read = async (sequences: readonly Sequence[]): Promise<void> => {
    const texts = sequences.map(({ request, written }) => [...request.prompt, ...written]);
    const nothing = decoder.empty(sequences.length);
    deliver(sequences, await decoder.run(nothing, texts), counters);
    decoder.free(nothing);
  };

  const regroup = (): void => {
    running = [...running, ...joining].filter(({ isOver }) => !isOver);
    joining = [];
  };

  return {
    sequences: () => [...joining, ...running],
    async join(sequences) {
      joining = sequences;
      await read(sequences);
      for (const { request } of sequences) counters.promptTokens += request.prompt.length;
      regroup();
    },
    async step() {
      if (running.length > 0) await read(running);
    },
    regroup,
    clear() {
      [joining, running] = [[], []];
    },
  };
}
