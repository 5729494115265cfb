import type { LabCheck } from '#labs/check-context.ts';
import { readOwn } from '../attempt.ts';
import { drawSheets } from '../hidden-sheets.ts';
import { LawError, work, type Said } from '../start/law.ts';

const TOLERANCE = 0.03;

const check: LabCheck = {
  id: 'on-paper',
  title: 'The lower roof binds, on accelerators that are not here',
  instruction: '4',
  points: 3,
  hint: 'Two times for one step: the bytes that it reads over bandwidth, and the operations that it does over FLOP/s. Both happen at the same moment. Which bytes are read once, and which for each sequence?',
  async run(context) {
    const { bench, law } = readOwn(context);
    const points = bench.batches.map((batch) => ({ batch, ms: 1 + batch }));
    for (const { sheet, binds, step, knee } of drawSheets(context.random)) {
      const said = attempt(() => work(law, points, sheet.batch, sheet));
      if (typeof said === 'string') return outcome(false, said);
      if (isNear(said.paper_step, step) && isNear(said.paper_knee, knee)) continue;
      const { flops, bandwidth, parameters, weight_bytes, kv_bytes, batch } = sheet;
      return outcome(
        false,
        `${(flops / 1e12).toFixed(0)} TFLOP/s, ${(bandwidth / 1e9).toFixed(0)} GB/s, ${(parameters / 1e9).toFixed(1)} B parameters of ${weight_bytes} bytes, ${(kv_bytes / 1e6).toFixed(1)} MB of keys and values a sequence, ${batch} together: a step takes ${(1000 * step).toFixed(2)} ms, because ${binds} binds, and the knee is at ${knee.toFixed(0)}. Yours: ${(1000 * said.paper_step).toFixed(2)} ms and ${said.paper_knee.toFixed(0)}`,
      );
    }
    return outcome(true, 'step and knee are right for five accelerators');
  },
};

export default check;

function attempt(worked: () => Said): Said | string {
  try {
    return worked();
  } catch (error) {
    if (error instanceof LawError) return error.message;
    throw error;
  }
}

function isNear(said: number, right: number): boolean {
  return Math.abs(said / right - 1) <= TOLERANCE;
}

function outcome(passed: boolean, measured: string) {
  return {
    passed,
    measured,
    bar: `paper_step and paper_knee within ${TOLERANCE * 100} % for five sheets that are new in every attempt`,
    why: 'Left of the knee twice the FLOP/s change nothing: the step waits for bytes. That is what a faster processor does for decoding.',
  };
}
