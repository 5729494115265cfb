import type { GeneratorManifest, Manifest } from '#models/manifest.ts';
import { countWeightWork, type WeightWork } from './work/count-work.ts';
import { readGraph } from './work/read-graph.ts';

/** One way to use a model, as the roofline sees it. */
export interface ModelPoint {
  readonly model: string;
  /** For example `one token, 96 behind it`. */
  readonly use: string;
  readonly flops: number;
  readonly bytes: number;
}

/** Tokens behind a row in the middle of a runbook, as `npm run bench` has it. */
const BEHIND = 96;
const PROMPT = 64;
const FLOAT = 4;

/**
 * Work and traffic of one inference by a model's full file. Weights are read once for all rows; keys and values once a
 * row. Left out: activations, which stay in caches at these sizes, and attention inside a text, a few per cent here.
 */
export function readModelPoints(manifest: Manifest, file: Uint8Array): readonly ModelPoint[] {
  const work = countWeightWork(readGraph(file));
  const point = (use: string, rows: number, extraFlops = 0, extraBytes = 0): ModelPoint => ({
    model: manifest.name,
    use,
    flops: rows * work.flopsPerRow + extraFlops,
    bytes: work.weightBytes + extraBytes,
  });
  switch (manifest.task) {
    case 'generate':
      return generatorPoints(manifest, work);
    case 'anomaly':
      return [point('one window', 1), point('32 windows at once', 32)];
    default:
      return [point('one text', manifest.maxTokens)];
  }
}

function generatorPoints(
  { name, shape }: GeneratorManifest,
  { flopsPerRow, weightBytes }: WeightWork,
): readonly ModelPoint[] {
  const kv = 2 * shape.layers * shape.heads * shape.headSize;
  const decode = (rows: number): Omit<ModelPoint, 'use'> => ({
    model: name,
    // A product with the keys and one with the values: two operations a number of each.
    flops: rows * (flopsPerRow + 2 * kv * BEHIND),
    bytes: weightBytes + rows * kv * BEHIND * FLOAT,
  });
  return [
    { ...decode(1), use: `one token, ${BEHIND} behind it` },
    { ...decode(8), use: 'one token each of eight texts' },
    {
      model: name,
      use: `a prompt of ${PROMPT} tokens`,
      flops: PROMPT * (flopsPerRow + kv * PROMPT),
      bytes: weightBytes,
    },
  ];
}
