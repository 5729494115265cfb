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

/** Indices of the `count` largest values, largest first. It runs for every token, so it moves numbers and makes no lists. */
function largest(values: Float32Array, count: number): number[] {
  const best = new Float32Array(Math.min(count, values.length));
  const ids = new Int32Array(best.length);
  let kept = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (kept === best.length && value <= (best[kept - 1] as number)) continue;
    let at = kept < best.length ? kept++ : kept - 1;
    for (; at > 0 && (best[at - 1] as number) < value; at--) {
      best[at] = best[at - 1] as number;
      ids[at] = ids[at - 1] as number;
    }
    best[at] = value;
    ids[at] = index;
  }
  return Array.from(ids);
}
