/** A score, and whether it belongs to what should score high. */
export interface Scored {
  readonly score: number;
  readonly isWanted: boolean;
}

/** Area under the ROC curve: how often a wanted one scores above an unwanted one, ties counting half. */
export function areaUnderCurve(scored: readonly Scored[]): number {
  const order = [...scored].sort((a, b) => a.score - b.score);
  let [ranks, wanted] = [0, 0];
  for (let from = 0; from < order.length;) {
    let to = from;
    while (order[to]?.score === order[from]?.score) to += 1;
    const equal = order.slice(from, to).filter(({ isWanted }) => isWanted).length;
    // Equal scores share the mean of their ranks.
    ranks += equal * ((from + 1 + to) / 2);
    wanted += equal;
    from = to;
  }
  return (ranks - (wanted * (wanted + 1)) / 2) / (wanted * (order.length - wanted));
}

/** Average precision: the mean, over the wanted ones, of the share of wanted ones among all that score no lower. */
export function averagePrecision(scored: readonly Scored[]): number {
  const order = [...scored].sort((a, b) => b.score - a.score);
  let [found, sum] = [0, 0];
  order.forEach(({ isWanted }, index) => {
    if (!isWanted) return;
    found += 1;
    sum += found / (index + 1);
  });
  return sum / found;
}

/** The score that all but the given share of the scores do not exceed. */
export function scoreExceededBy(share: number, scores: readonly number[]): number {
  const order = [...scores].sort((a, b) => b - a);
  return order[Math.floor(order.length * share)] as number;
}
