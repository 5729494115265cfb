import type { Graph } from './read-graph.ts';

/** The products of a model with its own weights. */
export interface WeightWork {
  /** Multiplications and additions for one row that goes through all of them. */
  readonly flopsPerRow: number;
  /** Bytes of the weights that such products read; a table of which rows are looked up is not among them. */
  readonly weightBytes: number;
}

/** Counts a graph's matrix products with stored weights: 2 K N for each K x N weight. */
export function countWeightWork({ nodes, stored }: Graph): WeightWork {
  const made = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node])));
  let flopsPerRow = 0;
  const read = new Map<string, number>();
  for (const { operator, inputs } of nodes) {
    if (operator !== 'MatMul' && operator !== 'Gemm') continue;
    const name = inputs.map((input) => sourceOf(input, made)).find((input) => stored.has(input));
    const weight = name === undefined ? undefined : stored.get(name);
    if (name === undefined || weight?.dims.length !== 2) continue;
    flopsPerRow += 2 * (weight.dims[0] ?? 0) * (weight.dims[1] ?? 0);
    read.set(name, weight.bytes);
  }
  const weightBytes = [...read.values()].reduce((sum, bytes) => sum + bytes, 0);
  return { flopsPerRow, weightBytes };
}

/** A weight may be turned round before it is multiplied. */
function sourceOf(
  name: string,
  made: ReadonlyMap<string, { readonly operator: string; readonly inputs: readonly string[] }>,
): string {
  const node = made.get(name);
  return node?.operator === 'Transpose' ? (node.inputs[0] ?? name) : name;
}
