import { createRandom, pickIndex } from '#load/random.ts';
import type { Route } from '../scenario.ts';
import type { Decider } from './decider.ts';
import type { Replica } from './world.ts';

type Pick = (ready: readonly Replica[]) => number;

/** The routing policies that a manifest may name, without code of a learner. */
export function createNativeDecider(route: Route, seed: number): Decider {
  const pick = createPick(route, createRandom(seed, 'routing'));
  return { pick, admit: null, signal: () => NaN, explain: () => null };
}

function createPick(route: Route, random: () => number): Pick {
  switch (route.kind) {
    case 'round-robin':
      return inTurns();
    case 'random':
      return (ready) => pickIndex(random, ready.length);
    case 'power-of-two':
      return (ready) => pickOfTwo(ready, random);
    case 'least-request':
      return (ready) => pickLeast(ready, random);
    case 'weighted':
      return (ready) => pickWeighted(ready, route.weights, random);
  }
}

function inTurns(): Pick {
  let turn = 0;
  return (ready) => turn++ % ready.length;
}

/** The one with fewer requests of two different ones. */
function pickOfTwo(ready: readonly Replica[], random: () => number): number {
  if (ready.length === 1) return 0;
  const one = pickIndex(random, ready.length);
  const shift = 1 + pickIndex(random, ready.length - 1);
  const other = (one + shift) % ready.length;
  return load(ready, one) <= load(ready, other) ? one : other;
}

/** Ties are broken by chance, or the first one would get more than its share. */
function pickLeast(ready: readonly Replica[], random: () => number): number {
  let least = Infinity;
  let ties = 0;
  let chosen = 0;
  for (let index = 0; index < ready.length; index += 1) {
    const here = load(ready, index);
    if (here > least) continue;
    ties = here < least ? 1 : ties + 1;
    least = here;
    if (ties === 1 || random() * ties < 1) chosen = index;
  }
  return chosen;
}

function pickWeighted(
  ready: readonly Replica[],
  weights: Readonly<Record<string, number>>,
  random: () => number,
): number {
  const weightOf = ({ name }: Replica): number => weights[name] ?? 1;
  const total = ready.reduce((sum, replica) => sum + weightOf(replica), 0);
  if (total === 0) return pickIndex(random, ready.length);
  let left = random() * total;
  const found = ready.findIndex((replica) => (left -= weightOf(replica)) < 0);
  return found < 0 ? ready.length - 1 : found;
}

function load(ready: readonly Replica[], index: number): number {
  return (ready[index] as Replica).outstanding;
}
