import { Hono, type Context } from 'hono';
import { KernelTrouble, useDevice } from './device.ts';
import fivePasses from './five-passes.wgsl';
import { openKernel, type Pass, type Shape, type Source } from './kernel.ts';
import passes from './passes.yaml';
import softmax from './softmax.wgsl';
import { bytesMoved, leastBytes, softmaxOf } from './softmax.ts';

/*
 * Runs softmax.wgsl on the accelerator of this pod. Finished and read only: softmax.wgsl and passes.yaml are
 * yours. Deploy after every change of them.
 *
 *   curl http://kernel/try    is it right, what does it move, and on hardware: how long does it take
 */

const yours: Source = {
  file: 'softmax.wgsl',
  text: softmax as string,
  passes: (passes as { passes: readonly Pass[] }).passes,
};
const before: Source = {
  file: 'five-passes.wgsl',
  text: fivePasses as string,
  passes: [
    { entry: 'scale_scores', over: 'numbers', each: 64 },
    { entry: 'find_largest', over: 'rows', each: 64 },
    { entry: 'raise', over: 'numbers', each: 64 },
    { entry: 'add_up', over: 'rows', each: 64 },
    { entry: 'divide', over: 'numbers', each: 64 },
  ],
};
const EXAMPLE: Shape = { rows: 48, columns: 700, stride: 704, scale: 0.125 };
/** Large enough that memory decides and not the dispatch; 16 MiB each way. */
const TIMED: Shape = { rows: 2048, columns: 1000, stride: 1024, scale: 0.125 };
const ROUNDS = 9;
const TIMES = 5;

const app = new Hono();

app.get('/readyz', (c) => c.text('ready\n'));

/** One run: the shape in the query, scores in the body, weights in the answer. */
app.post('/run', async (c) => {
  const number = (name: string): number => Number(c.req.query(name));
  const shape = {
    rows: number('rows'),
    columns: number('columns'),
    stride: number('stride'),
    scale: number('scale'),
  };
  const scores = new Float32Array(await c.req.arrayBuffer());
  const { weights, counts } = await run(shape, scores);
  const bytes = new Uint8Array(weights.buffer as ArrayBuffer);
  return c.body(bytes, 200, {
    'content-type': 'application/octet-stream',
    'x-counts': counts.join(),
    'x-dispatches': String(yours.passes.length),
  });
});

/** How long yours takes beside five passes, by turns, the quickest of each; not on a software adapter. */
app.post('/time', async (c) => c.json(await time()));

app.get('/try', async (c) => {
  const random = createRandom();
  const scores = Float32Array.from({ length: EXAMPLE.rows * EXAMPLE.stride }, () => 16 * random());
  const { weights, counts } = await run(EXAMPLE, scores);
  let error = 0;
  for (let row = 0; row < EXAMPLE.rows; row += 1)
    softmaxOf(scores, EXAMPLE, row).forEach((weight, column) => {
      const off = Math.abs((weights[row * EXAMPLE.stride + column] ?? Number.NaN) - weight);
      if (!(off <= error)) error = off;
    });
  const outside = (counts[4] ?? 0) + (counts[5] ?? 0);
  return c.text(`${EXAMPLE.rows} rows of ${EXAMPLE.columns} numbers, ${EXAMPLE.stride} from one row to the next
largest error   ${error.toExponential(1)}
dispatches      ${yours.passes.length}
bytes moved     ${bytesMoved(counts).toLocaleString('en-GB')}, ${(bytesMoved(counts) / leastBytes(EXAMPLE)).toFixed(2)} times what is needed
outside         ${outside} numbers that belong to no row
time            ${describeTime(await time())}
`);
});

app.onError((error, c) => tell(error, c));

function tell(error: Error, c: Context): Response | Promise<Response> {
  const kind = error instanceof KernelTrouble ? error.kind : 'lost';
  const status = { unavailable: 501, source: 422, time: 504, lost: 500 } as const;
  console.error(error.message);
  return c.text(`${error.message}\n`, status[kind], { 'x-trouble': kind });
}

function run(shape: Shape, scores: Float32Array<ArrayBuffer>) {
  return useDevice(async (open) => {
    const kernel = await openKernel(open, yours, shape, scores, true);
    try {
      await kernel.dispatch(1);
      return await kernel.read();
    } finally {
      kernel.destroy();
    }
  });
}

interface Timed {
  readonly adapter: string;
  /** Milliseconds for one time through all passes; null on a software adapter. */
  readonly yours: number | null;
  readonly before: number | null;
}

function time(): Promise<Timed> {
  return useDevice(async (open) => {
    if (open.isSoftware) return { adapter: open.name, yours: null, before: null };
    const random = createRandom();
    const scores = Float32Array.from({ length: TIMED.rows * TIMED.stride }, () => 16 * random());
    const mine = await openKernel(open, yours, TIMED, scores, false);
    const five = await openKernel(open, before, TIMED, scores, false);
    let [quickest, quickestBefore] = [Infinity, Infinity];
    for (let round = 0; round < ROUNDS; round += 1) {
      quickest = Math.min(quickest, (await mine.dispatch(TIMES)) / TIMES);
      quickestBefore = Math.min(quickestBefore, (await five.dispatch(TIMES)) / TIMES);
    }
    mine.destroy();
    five.destroy();
    return { adapter: open.name, yours: quickest, before: quickestBefore };
  });
}

function describeTime({ adapter, yours: mine, before: five }: Timed): string {
  if (mine === null || five === null) return `not measured on a software adapter (${adapter})`;
  return `${mine.toFixed(2)} ms, five passes ${five.toFixed(2)} ms (${adapter})`;
}

/** Numbers around 0, the same in every pod. */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  };
}

export default app;
