import { CLASSES } from '../data/classes.ts';
import type { ClassifierRecipe, GeneratorRecipe } from './recipe.ts';

const TRIAGE: ClassifierRecipe = {
  task: 'classify',
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
};

/** The classifiers that `models:train` can make. */
export const CLASSIFIERS: readonly ClassifierRecipe[] = [TRIAGE];

/** The language models that `models:train` can make. */
export const GENERATORS: readonly GeneratorRecipe[] = [
  {
    task: 'generate',
    name: 'oncall-lm',
    version: '1.0.0',
    trainSeed: 1,
    shape: { vocabulary: 1024, width: 128, heads: 4, hidden: 512, layers: 4, maxTokens: 256 },
    steps: 4000,
    batch: 8,
    learningRate: 2e-3,
    weightDecay: 0.1,
  },
];

/** Every model that `models:train` can make. */
export const RECIPES: readonly (ClassifierRecipe | GeneratorRecipe)[] = [
  ...CLASSIFIERS,
  ...GENERATORS,
];

/** The recipe of that name; throws with the names there are. */
export function recipeNamed(name: string): ClassifierRecipe | GeneratorRecipe {
  const recipe = RECIPES.find((candidate) => candidate.name === name);
  if (recipe) return recipe;
  throw new Error(
    `No recipe for a model "${name}". There are: ${RECIPES.map((known) => known.name).join(', ')}.`,
  );
}
