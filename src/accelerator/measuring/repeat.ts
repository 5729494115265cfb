import { summarise, type Summary } from '../summary.ts';

/** One round: the same work timed in the first way, and in a second where there is one; milliseconds. */
export interface Round {
  readonly ms: number;
  readonly secondMs: number | null;
}

const ROUNDS = 12;
const MOST_WARM_UP = 8;
const SETTLED = 0.05;

/**
 * Rounds until two in a row are within a twentieth, at most eight, which do not count; then twelve that do. `work` is
 * what a round does, in thousands of millions (GFLOP or GB).
 */
export async function repeatRounds(
  round: () => Promise<Round>,
  work: number,
  onRound: (share: number) => void,
): Promise<{ rate: Summary; secondMedian: number | null; ratio: number; warmUpRounds: number }> {
  let before = Number.NaN;
  let warmUpRounds = 0;
  while (warmUpRounds < MOST_WARM_UP) {
    const { ms } = await round();
    warmUpRounds += 1;
    if (Math.abs(ms - before) < SETTLED * before) break;
    before = ms;
    onRound(warmUpRounds / (MOST_WARM_UP + ROUNDS));
  }
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) {
    rounds.push(await round());
    onRound((MOST_WARM_UP + rounds.length) / (MOST_WARM_UP + ROUNDS));
  }
  const rate = summarise(rounds.map(({ ms }) => (1000 * work) / ms));
  const seconds = rounds.flatMap(({ secondMs }) => (secondMs === null ? [] : [secondMs]));
  const second = summarise(seconds.map((ms) => (1000 * work) / ms));
  // Round by round, so that what happened to both timers at once cancels.
  const ratio = summarise(rounds.map(({ ms, secondMs }) => ms / (secondMs ?? Number.NaN)));
  return {
    rate,
    secondMedian: seconds.length === 0 ? null : second.median,
    ratio: ratio.median,
    warmUpRounds,
  };
}
