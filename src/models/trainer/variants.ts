import type { Manifest } from '../manifest.ts';
import { writeDecoderServing } from './decoder-graphs.ts';
import { writeInferenceGraph } from './graphs.ts';
import { createOnnxGraph } from './onnx-graph.ts';
import { quantisedGraph } from './quantised-graph.ts';
import { readWeights } from './read-weights.ts';
import type { ClassifierRecipe, GeneratorRecipe } from './recipe.ts';

/** The names of variants, largest first. */
export const SCHEMES = ['fp16', 'int8-dynamic', 'int8', 'int4', 'int2'] as const;

/** A model's variant as a file's content: same weights, same inputs and outputs, fewer bits; equal input gives equal bytes. */
export function writeVariant(
  recipe: ClassifierRecipe | GeneratorRecipe,
  model: Uint8Array,
  scheme: Manifest['variants'][number]['name'],
): Uint8Array {
  const weights = readWeights(model);
  const graph = quantisedGraph(createOnnxGraph(), scheme);
  const metadata = { name: recipe.name, version: recipe.version, variant: scheme };
  return recipe.task === 'classify'
    ? writeInferenceGraph(recipe.shape, weights, metadata, graph)
    : writeDecoderServing(recipe.shape, weights, metadata, graph);
}
