import { CLASSES } from '../data/classes.ts';
import type { Recipe } from './recipe.ts';

/** The models that `models:train` can make. */
export const RECIPES: readonly Recipe[] = [
  {
    name: 'triage',
    version: '1.0.0',
    splitSeed: 20261123,
    trainSeed: 1,
    shape: {
      vocabulary: 1536,
      embedding: 24,
      width: 64,
      heads: 4,
      hidden: 96,
      repeats: 6,
      maxTokens: 64,
      classes: CLASSES.length,
    },
    steps: 4000,
    batch: 32,
    learningRate: 3e-3,
    weightDecay: 0.1,
    hideTokens: 0.2,
    dropout: 0.2,
    labelSmoothing: 0.05,
  },
];

/** The recipe of that name; throws with the names there are. */
export function recipeNamed(name: string): Recipe {
  const recipe = RECIPES.find((candidate) => candidate.name === name);
  if (recipe) return recipe;
  throw new Error(`No recipe for a model "${name}". There are: ${RECIPES.map((known) => known.name).join(', ')}.`);
}
