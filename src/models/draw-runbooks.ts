import { drawRunbook } from './data/runbooks/draw.ts';
import { seededRandom } from './random.ts';

/** `count` runbooks, fresh for every seed. */
export function drawRunbooks(seed: number, count: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => drawRunbook(random));
}
