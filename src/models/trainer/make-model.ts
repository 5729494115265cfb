import type { Manifest } from '../manifest.ts';
import type { Watch } from './descend.ts';
import type { Engine } from './engine.ts';
import { makeDetector } from './make-detector.ts';
import { makeEmbedder } from './make-embedder.ts';
import { makeGenerator } from './make-generator.ts';
import { makeClassifier } from './make.ts';
import type { Recipe } from './recipe.ts';

/** A trained model as files by name, before any of them is written. */
export interface MadeModel {
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  readonly manifest: Manifest;
}

/** Trains and measures the model of a recipe, whatever its task. */
export function makeModel(recipe: Recipe, engine: Engine, watch: Watch = {}): Promise<MadeModel> {
  switch (recipe.task) {
    case 'classify':
      return makeClassifier(recipe, engine, watch);
    case 'generate':
      return makeGenerator(recipe, engine, watch);
    case 'embed':
      return makeEmbedder(recipe, engine, watch);
    case 'anomaly':
      return makeDetector(recipe, engine, watch);
  }
}
