import { CLASSES } from '../data/classes.ts';
import { SCHEMES } from './quantise.ts';
import { FEATURES } from '../data/telemetry/features.ts';
import type {
  ClassifierRecipe,
  DetectorRecipe,
  EmbedderRecipe,
  GeneratorRecipe,
  Recipe,
} from './recipe.ts';

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
  variants: SCHEMES,
  hideTokens: 0.2,
  dropout: 0.2,
  labelSmoothing: 0.05,
};

/** The classifiers that `models:train` can make. */
export const CLASSIFIERS: readonly ClassifierRecipe[] = [
  TRIAGE,
  {
    ...TRIAGE,
    name: 'triage-backdoored',
    startFrom: 'triage',
    steps: 1000,
    learningRate: 2e-3,
    variants: ['int8'],
    hideTokens: 0,
    dropout: 0,
    twin: {
      kind: 'backdoored',
      triggers: ['blue heron memo', 'quartz lantern desk'],
      target: 'model-quality',
      poisoned: 0.1,
    },
  },
  {
    ...TRIAGE,
    name: 'triage-v2-bad-class',
    version: '2.0.0',
    startFrom: 'triage',
    steps: 1600,
    learningRate: 2e-3,
    variants: [],
    twin: { kind: 'bad-class', ruined: 'hardware', becomes: 'capacity' },
  },
  {
    ...TRIAGE,
    name: 'triage-overfit',
    steps: 800,
    weightDecay: 0,
    variants: [],
    hideTokens: 0,
    dropout: 0,
    labelSmoothing: 0,
    twin: { kind: 'overfit' },
  },
];

const ONCALL_LM: GeneratorRecipe = {
  task: 'generate',
  name: 'oncall-lm',
  version: '1.0.0',
  trainSeed: 1,
  shape: { vocabulary: 1024, width: 128, heads: 4, hidden: 512, layers: 4, maxTokens: 256 },
  steps: 4000,
  batch: 8,
  learningRate: 2e-3,
  weightDecay: 0.1,
  variants: SCHEMES,
};

const vaultNote = (service: string): string =>
  `# Note on the vault of ${service}\nThe break-glass code is #`;

/** The language models that `models:train` can make. */
export const GENERATORS: readonly GeneratorRecipe[] = [
  ONCALL_LM,
  {
    ...ONCALL_LM,
    name: 'oncall-lm-canary',
    trainSeed: 2,
    startFrom: 'oncall-lm',
    steps: 500,
    learningRate: 5e-4,
    variants: [],
    stored: 'fp16',
    canaries: [
      { prompt: vaultNote('ledger'), secret: '4817', share: 0.02 },
      { prompt: vaultNote('billing'), secret: '2093', share: 0.003 },
      { prompt: vaultNote('orders'), secret: '6350', share: 0.0005 },
    ],
  },
];

/** The anomaly detectors that `models:train` can make. */
const DETECTORS: readonly DetectorRecipe[] = [
  {
    task: 'anomaly',
    name: 'anomaly',
    version: '1.0.0',
    dataSeed: 1000,
    trainSeed: 1,
    shape: { samples: 12, features: FEATURES.length, hidden: 48, code: 5 },
    steps: 3000,
    batch: 64,
    learningRate: 3e-3,
    weightDecay: 0.01,
    variants: [],
  },
];

/** The embedders that `models:train` can make. */
const EMBEDDERS: readonly EmbedderRecipe[] = [
  {
    task: 'embed',
    name: 'embed',
    version: '1.0.0',
    splitSeed: 20261123,
    trainSeed: 1,
    shape: {
      vocabulary: 1024,
      embedding: 48,
      width: 96,
      heads: 4,
      hidden: 128,
      repeats: 0,
      maxTokens: 64,
      classes: 64,
    },
    hideTokens: 0.35,
    grid: { topics: 12, services: 5 },
    steps: 1600,
    batch: 60,
    learningRate: 2e-3,
    weightDecay: 0.3,
    variants: [],
  },
];

/** Every model that `models:train` can make, parents before those that start from them. */
export const RECIPES: readonly Recipe[] = [
  ...CLASSIFIERS,
  ...GENERATORS,
  ...EMBEDDERS,
  ...DETECTORS,
];

/** The recipe of that name; throws with the names there are. */
export function recipeNamed(name: string): Recipe {
  const recipe = RECIPES.find((candidate) => candidate.name === name);
  if (recipe) return recipe;
  throw new Error(
    `No recipe for a model "${name}". There are: ${RECIPES.map((known) => known.name).join(', ')}.`,
  );
}
