import { writeDecoderServing } from './decoder-graphs.ts';
import { writeInferenceGraph } from './graphs.ts';
import { createOnnxGraph } from './onnx-graph.ts';
import { quantisedGraph } from './quantised-graph.ts';
import type { Scheme } from './quantise.ts';
import { readWeights } from './read-weights.ts';
import type { Recipe } from './recipe.ts';

/** A model's variant as a file's content: same weights, same inputs and outputs, fewer bits; equal input gives equal bytes. */
export function writeVariant(recipe: Recipe, model: Uint8Array, scheme: Scheme): Uint8Array {
  const weights = readWeights(model);
  const graph = quantisedGraph(createOnnxGraph(), scheme);
  const metadata = { name: recipe.name, version: recipe.version, variant: scheme };
  switch (recipe.task) {
    case 'classify':
      return writeInferenceGraph(recipe.shape, weights, metadata, graph);
    case 'generate':
      return writeDecoderServing(recipe.shape, weights, metadata, graph);
    default:
      throw new Error(`${recipe.name} is small enough as it is: its recipe names no variants.`);
  }
}
