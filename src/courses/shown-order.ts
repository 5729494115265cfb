import { createHash } from 'node:crypto';
import { shuffleSteps } from './components/shuffle-steps.ts';
import type { KnowledgeCheck } from './knowledge-check.ts';

/**
 * The authored number of the option at each place of a check that counts. The page and the server work it
 * out alike, of the answers and explanations too: whoever has the page alone cannot.
 */
export function shownOrder(check: KnowledgeCheck): readonly number[] {
  const secret = check.options.map((option) => [option.why, 'correct' in option && option.correct]);
  const seed = createHash('sha256')
    .update(JSON.stringify([check.id, secret]))
    .digest('hex');
  return shuffleSteps(check.kind === 'numeric' ? 0 : check.options.length, seed);
}
