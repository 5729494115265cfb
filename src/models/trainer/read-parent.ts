import { readFile } from 'node:fs/promises';
import { readWeights } from './read-weights.ts';
import type { Weights } from './weights.ts';

/** The committed model that another one starts from. */
export interface Parent {
  readonly tokenizer: object;
  readonly model: Uint8Array;
  /** A fresh copy: training changes it. */
  readonly weights: Weights;
}

/** Reads `models/<name>/`. */
export async function readParent(name: string): Promise<Parent> {
  const folder = `models/${name}`;
  const tokenizer = JSON.parse(await readFile(`${folder}/tokenizer.json`, 'utf8')) as object;
  const model = await readFile(`${folder}/${name}.onnx`);
  return { tokenizer, model, weights: readWeights(model) };
}
