import type { Feed } from '../feed.ts';
import type { KvShape } from '../generation/kv-cache.ts';
import { openRuntime, type ModelSession } from '../runtime.ts';
import { siteAssets } from '../site-assets.ts';
import { createOnnxGraph } from '../trainer/onnx-graph.ts';
import { median, time } from './statistics.ts';

/** The least that a decoding step of a language model costs in this engine, for a batch of one and of eight. */
export interface Roofline {
  /** Milliseconds of the matrix products alone, all layers and the output. */
  readonly matmulMs: readonly [one: number, eight: number];
  /** Milliseconds of handing the keys and values to the engine, at `columns` tokens a row. */
  readonly copyMs: readonly [one: number, eight: number];
  readonly columns: number;
  /** Floating-point operations in the products for one token, and the bytes of their weights. */
  readonly flops: number;
  readonly weightBytes: number;
}

const RUNS = 60;
const ROUNDS = 7;
/** Tokens behind a row in the middle of a runbook. */
const COLUMNS = 96;

/** Measures products of the same shapes as the model's, and an empty run that takes the same keys and values. */
export async function measureRoofline(shape: KvShape, hidden: number): Promise<Roofline> {
  const runtime = await openRuntime(siteAssets);
  const width = shape.heads * shape.headSize;
  const products = await runtime.open('matrix products', writeProducts(shape, width, hidden));
  const copies = await runtime.open('copies', writeCopies(shape));
  const matmulMs = await measurePair((batch) => run(products, productFeeds(batch, width)));
  const copyMs = await measurePair((batch) => run(copies, copyFeeds(shape, batch)));
  await products.close();
  await copies.close();
  const weights = shape.layers * width * (4 * width + 2 * hidden) + width * shape.vocabulary;
  return { matmulMs, copyMs, columns: COLUMNS, flops: 2 * weights, weightBytes: 4 * weights };
}

/** Median milliseconds of a run, for a batch of one and of eight, in turn. */
async function measurePair(
  runOne: (batch: number) => () => Promise<unknown>,
): Promise<[number, number]> {
  const seen: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, batch] of [1, 8].entries()) {
      const once = runOne(batch);
      const spent = await time(async () => {
        for (let index = 0; index < RUNS; index++) await once();
      });
      // The first rounds compile.
      if (round >= 2) seen[at]?.push(spent / RUNS);
    }
  }
  return [median(seen[0]), median(seen[1])];
}

const run = (session: ModelSession, feeds: Readonly<Record<string, Feed>>) => () =>
  session.run(feeds);

function productFeeds(batch: number, width: number): Record<string, Feed> {
  const data = new Float32Array(batch * width).fill(0.01);
  return { x: { type: 'float32', data, dims: [batch, width] } };
}

function copyFeeds({ layers, heads, headSize }: KvShape, batch: number): Record<string, Feed> {
  const dims = [batch, heads, COLUMNS, headSize];
  const data = new Float32Array(batch * heads * COLUMNS * headSize);
  return Object.fromEntries(
    Array.from({ length: 2 * layers }, (_, index) => [
      `c${index}`,
      { type: 'float32', data, dims },
    ]),
  );
}

function writeProducts({ layers, vocabulary }: KvShape, width: number, hidden: number): Uint8Array {
  const graph = createOnnxGraph();
  let value = graph.input('x', 'float32', ['batch', width]);
  let made = 0;
  const multiply = (rows: number, columns: number): void => {
    const values = new Float32Array(rows * columns).fill(1 / rows);
    value = graph.node('MatMul', [value, graph.weight(`w${made++}`, [rows, columns], values)]);
  };
  for (let layer = 0; layer < layers; layer++) {
    // Query, key, value and output are width x width each; a chain of four has the same shapes.
    for (let part = 0; part < 4; part++) multiply(width, width);
    multiply(width, hidden);
    multiply(hidden, width);
  }
  multiply(width, vocabulary);
  graph.output('y', value, ['batch', vocabulary]);
  return graph.finish();
}

/** The shape of a tensor costs nothing to find, so what remains is how it came into the engine. */
function writeCopies({ layers, heads, headSize }: KvShape): Uint8Array {
  const graph = createOnnxGraph();
  const sizes = Array.from({ length: 2 * layers }, (_, index) =>
    graph.node('Shape', [
      graph.input(`c${index}`, 'float32', ['batch', heads, 'columns', headSize]),
    ]),
  );
  const all = graph.node('Concat', sizes, { axis: 0 });
  graph.output('sizes', graph.node('Cast', [all], { to: 1 }), [8 * layers]);
  return graph.finish();
}
