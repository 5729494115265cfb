import { examplesOfEach, type Example } from './data/examples.ts';
import { splitTemplates } from './data/split.ts';
import { seededRandom } from './random.ts';

/** How the committed classifiers' templates were split: `splitSeed` of their recipes. */
const SPLIT_SEED = 20261123;

/** `each` tickets of every template that `triage` never learned from, 15 templates a class, fresh for every seed. */
export function drawUnseenTickets(seed: number, each: number): Example[] {
  return examplesOfEach(splitTemplates(SPLIT_SEED).unseen, each, seededRandom(seed));
}
