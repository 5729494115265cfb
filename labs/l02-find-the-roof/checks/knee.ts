import type { LabCheck } from '#labs/check-context.ts';
import { readOwn } from '../attempt.ts';
import { judgeLaw } from '../law-check.ts';
import { work } from '../start/law.ts';

/** One step of a sweep that doubles. */
const STEP = 2;
/** Below it a sweep that doubles tells no knee from another. */
const LEAST = 2;

const check: LabCheck = {
  id: 'knee',
  title: 'The knee is where it is, for both models',
  instruction: '2',
  points: 3,
  hint: 'If a step takes `once + row * batch`, throughput is batch over that, and what it approaches is 1 / row. For which batch is it four fifths of it?',
  async run(context, signal) {
    const { law } = readOwn(context);
    const found = await judgeLaw(
      context,
      ['oncall-lm', 'triage'],
      (points, ours) => {
        const knee = Math.max(work(law, points, 1).knee, LEAST);
        const right = Math.max(ours.knee, LEAST);
        return {
          passed: knee >= right / STEP && knee <= right * STEP,
          said: `yours ${knee.toFixed(1)}, ours ${right.toFixed(1)} (${ours.once.toFixed(2)} ms once and ${ours.row.toFixed(3)} ms for each text)`,
        };
      },
      signal,
    );
    return {
      ...found,
      bar: 'between half and twice the knee that the grade finds in a sweep of its own; a knee below 2 counts as 2',
      why: 'Before the knee a larger batch is nearly free. Beyond it each caller waits longer and nobody gains.',
    };
  },
};

export default check;
