/** One worker's part of a step, and the whole of it. */
export interface Contribution {
  readonly loss: number;
  readonly slopes: readonly Float32Array[];
}

/**
 * A synchronous all-reduce: takes the gradients of one step from each of `workers` workers, each of which saw as many
 * rows, and gives their average once the last has come. No worker is a step ahead of another.
 */
export function averageGradients(
  workers: number,
  give: (average: Contribution) => void,
): (contribution: Contribution) => void {
  let pending: Contribution[] = [];
  return (contribution) => {
    pending.push(contribution);
    if (pending.length < workers) return;
    const parts = pending;
    pending = [];
    give({
      loss: parts.reduce((sum, { loss }) => sum + loss, 0) / workers,
      slopes: contribution.slopes.map((slope, index) =>
        slope.map(
          (_, at) =>
            parts.reduce((sum, part) => sum + (part.slopes[index]?.[at] ?? NaN), 0) / workers,
        ),
      ),
    });
  };
}
