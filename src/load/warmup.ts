import type { LoadPlan } from './plan.ts';
import type { RequestResult, Warmup } from './report.ts';

/** Neighbours in a queue are alike; means of five are less so. */
const BATCH = 5;

/** Where the warm-up of a run ends, by the plan's rule. `results` are in the order of the schedule. */
export function findWarmup(plan: LoadPlan, results: readonly RequestResult[]): Warmup {
  const { rule, until, isSteady } = applyRule(plan, results);
  const within = results.filter(({ scheduledAt }) => scheduledAt < until);
  const failed = within.filter(({ outcome }) => outcome !== 'ok').length;
  return { rule, until, sent: within.length, failed, isSteady };
}

function applyRule(
  plan: LoadPlan,
  results: readonly RequestResult[],
): Pick<Warmup, 'rule' | 'until' | 'isSteady'> {
  const { warmupRule, warmupSeconds, durationSeconds } = plan;
  if (warmupRule === 'tenth')
    return { rule: 'tenth', until: durationSeconds * 100, isSteady: true };
  if (warmupRule === 'steady') return { rule: 'steady', ...findSteadyPart(results) };
  return {
    rule: warmupSeconds > 0 ? 'seconds' : 'none',
    until: warmupSeconds * 1000,
    isSteady: true,
  };
}

/**
 * MSER-5 (White, 1997): leaves out as many batches as make the mean of the rest most certain, and at
 * most half of them. Where that limit is reached, the run never became steady.
 */
function findSteadyPart(results: readonly RequestResult[]): Pick<Warmup, 'until' | 'isSteady'> {
  const ended = results.filter(({ outcome }) => outcome !== 'cancelled');
  const means = toBatchMeans(ended.map(({ endedAt, scheduledAt }) => endedAt - scheduledAt));
  const half = Math.floor(means.length / 2);
  const best = findLeastError(means, half);
  const first = ended[best * BATCH];
  return {
    until: best === 0 || !first ? 0 : first.scheduledAt,
    isSteady: best < half || half === 0,
  };
}

/** The number of leading batches, at most `half`, without which the standard error is least. */
function findLeastError(means: readonly number[], half: number): number {
  let [sum, squares, least, best] = [0, 0, Infinity, 0];
  // From the end, so that each step adds one batch.
  for (let from = means.length - 1; from >= 0; from -= 1) {
    const mean = means[from] ?? 0;
    sum += mean;
    squares += mean * mean;
    const count = means.length - from;
    const error = (squares - (sum * sum) / count) / (count * count);
    if (from <= half && error <= least) [least, best] = [error, from];
  }
  return best;
}

function toBatchMeans(values: readonly number[]): number[] {
  return Array.from({ length: Math.floor(values.length / BATCH) }, (_, batch) => {
    const part = values.slice(batch * BATCH, (batch + 1) * BATCH);
    return part.reduce((sum, value) => sum + value, 0) / BATCH;
  });
}
