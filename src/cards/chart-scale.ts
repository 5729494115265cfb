/** A linear scale from values to pixels, with round numbers to label. */
export interface Scale {
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** Maps `low`..`high`, widened to round numbers, onto `from`..`to`; `from` may be larger. */
export function linearScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  count = 4,
): Scale {
  const step = roundStep((high - low) / count || 1);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    round((first + index) * step),
  );
  const span = (last - first || 1) * step;
  return { ticks, at: (value) => from + ((value - first * step) / span) * (to - from) };
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function round(value: number): number {
  return Number(value.toPrecision(12));
}
