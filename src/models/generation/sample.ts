import type { Random } from '../random.ts';
import { indexOfLargest, softmax } from '../scores.ts';

/** How the next token is chosen. */
export interface Sampling {
  /** 0 always takes the likeliest token; 1 draws by the model's own shares; more is wilder. */
  readonly temperature: number;
  /** Only this many of the likeliest tokens may be drawn. */
  readonly topK: number;
}

/** Draws a token id from the model's scores; equal scores and an equal stream give an equal token. */
export function sampleToken(
  logits: Float32Array,
  { temperature, topK }: Sampling,
  random: Random,
): number {
  if (temperature === 0 || topK === 1) return indexOfLargest(logits);
  const candidates = largest(logits, topK);
  const shares = softmax(candidates.map((id) => (logits[id] as number) / temperature));
  let rest = random.uniform();
  for (const [index, share] of shares.entries()) {
    rest -= share;
    if (rest < 0) return candidates[index] as number;
  }
  return candidates[0] as number;
}

/** Indices of the `count` largest values, largest first. */
function largest(values: Float32Array, count: number): number[] {
  const kept: number[] = [];
  let smallest = -Infinity;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (kept.length === count && value <= smallest) continue;
    let at = kept.length;
    while (at > 0 && (values[kept[at - 1] as number] as number) < value) at -= 1;
    kept.splice(at, 0, index);
    if (kept.length > count) kept.pop();
    smallest = values[kept.at(-1) as number] as number;
  }
  return kept;
}
