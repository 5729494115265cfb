import type { LabCheck } from '#labs/check-context.ts';
import { judgeTheirs, readOwn, takeOurs, takeTheirs, type OurSweep } from '../attempt.ts';
import type { Bench, Point } from '../start/sweep.ts';

const FEW = 0.7;
const MANY = 1.3;
/** On a calm machine a median is at most so many times the quickest. */
const CALM = 1.25;

const check: LabCheck = {
  id: 'steps',
  title: 'The sweep times steps',
  instruction: '1',
  points: 2,
  hint: 'What belongs to a step of decoding and what does not: opening the model, reading the prompt, the first run? curl http://bench/sweep tells how far the slowest sample is from the quickest.',
  async run(context, signal) {
    // Theirs comes first: a cold run that is counted is counted here as it is at home.
    await takeTheirs(context, 'oncall-lm', signal);
    const ours = await takeOurs(context, 'oncall-lm', signal);
    const { off, found } = await judgeTheirs(
      context,
      'oncall-lm',
      (points) => {
        const far = findOff(points, ours);
        return { passed: far === null, off: far, found: points };
      },
      signal,
    );
    if (off && mayBeOurs(off, ours, readOwn(context).bench))
      throw new Error(
        'This machine is too busy to be measured: single steps took far longer than the quickest ones. Close what else keeps it busy and check again.',
      );
    return {
      passed: off === null,
      measured: off
        ? `with ${off.batch} together your bench says ${off.ms.toFixed(2)} ms a step; it takes ${off.lowest.toFixed(2)}${off.highest > 1.2 * off.lowest ? ` to ${off.highest.toFixed(2)}` : ''} ms`
        : found.map(({ batch, ms }) => `${batch}: ${ms.toFixed(2)} ms`).join(', '),
      bar: 'every point of your sweep within 30 % of a sweep that the grade takes with care, in the same pod',
      why: 'A figure that includes what happens once, or another kind of work, says nothing about what one more text in the batch costs.',
    };
  },
};

export default check;

/** The first point that is neither near the quickest nor near the usual step. */
function findOff(found: readonly Point[], { once, row, points }: OurSweep) {
  for (const { batch, ms } of found) {
    const same = points.find((point) => point.batch === batch);
    const lowest = same?.ms ?? once + row * batch;
    // What the learner may call a step on a busy machine: the median of ours.
    const sorted = same?.samples.toSorted((a, b) => a - b) ?? [];
    const median = sorted[Math.floor(sorted.length / 2)] ?? lowest;
    const highest = Math.min(Math.max(lowest, median), CALM * lowest);
    if (!(ms >= FEW * lowest && ms <= MANY * highest)) return { batch, ms, lowest, highest };
  }
  return null;
}

/** Nothing makes a step quicker than it is, and on a busy machine a median of steps is no figure of the model's. */
function mayBeOurs(
  { ms, lowest }: { readonly ms: number; readonly lowest: number },
  { points }: OurSweep,
  { timed, warm_up }: Bench,
): boolean {
  if (timed !== 'step' || warm_up === 0) return false;
  const isBusy = points.some(({ ms: quickest, samples }) => {
    const sorted = samples.toSorted((a, b) => a - b);
    return (sorted[Math.floor(sorted.length / 2)] ?? NaN) > CALM * quickest;
  });
  return ms < lowest || isBusy;
}
