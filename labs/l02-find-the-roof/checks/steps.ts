import type { LabCheck } from '#labs/check-context.ts';
import { judgeTheirs, readOwn, takeTheirs, timesWarmSteps, type OurSweep } from '../attempt.ts';
import { summarise, type Summary } from '../start/summarise.ts';
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
    const { bench } = readOwn(context);
    // Theirs comes first: a cold run that is counted is counted here as it is at home.
    await takeTheirs(context, 'oncall-lm', signal);
    const { off, found, ours } = await judgeTheirs(
      context,
      'oncall-lm',
      (points, own) => {
        const far = findOff(points, own, bench.summary);
        return { passed: far === null, off: far, found: points, ours: own };
      },
      signal,
    );
    if (off && mayBeOurs(off, ours, bench))
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
function findOff(found: readonly Point[], { once, row, points }: OurSweep, summary: Summary) {
  for (const { batch, ms } of found) {
    const same = points.find((point) => point.batch === batch);
    const lowest = same?.ms ?? once + row * batch;
    // On a busy machine a step may be called what is usual there, by who does not take the quickest.
    const median = summary === 'quickest' || !same ? lowest : summarise(same.samples, 'median');
    const highest = Math.min(Math.max(lowest, median), CALM * lowest);
    if (!(ms >= FEW * lowest && ms <= MANY * highest)) return { batch, ms, lowest, highest };
  }
  return null;
}

/** Nothing makes a step quicker than it is, and on a busy machine a median of steps is no figure of the model's. */
function mayBeOurs(
  { ms, lowest }: { readonly ms: number; readonly lowest: number },
  { points }: OurSweep,
  bench: Bench,
): boolean {
  if (!timesWarmSteps(bench)) return false;
  const isBusy = points.some(
    ({ ms: quickest, samples }) => summarise(samples, 'median') > CALM * quickest,
  );
  return ms < lowest || isBusy;
}
