import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { writeDecoderServing } from '../trainer/decoder-graphs.ts';
import { decoderParameters } from '../trainer/decoder.ts';
import { openEngine } from '../trainer/engine.ts';
import { initialWeights } from '../trainer/weights.ts';
import { createBatcher, type Ticket } from './batcher.ts';
import { createCounters } from './counters.ts';
import { appendToCache, arrangeCache, emptyCache, type KvCache } from './kv-cache.ts';
import { runTokens } from './run-tokens.ts';
import type { SequenceRequest } from './sequence.ts';

// A model of random weights, large enough that its scores differ clearly from token to token.
const SHAPE = { layers: 2, heads: 2, headSize: 8, vocabulary: 50, maxTokens: 64 };
const DECODER = { vocabulary: 50, width: 16, heads: 2, hidden: 32, layers: 2, maxTokens: 64 };
const random = seededRandom(3);
const weights = initialWeights(decoderParameters(DECODER), random);
for (const { values, dims } of weights)
  if (dims.length > 1) for (let i = 0; i < values.length; i++) values[i] = 0.4 * random.normal();
const session = await (
  await openEngine('wasm')
).open(writeDecoderServing(DECODER, weights, {}), { asServed: true });
afterAll(() => session.close());

const PROMPTS = [
  [5, 9, 12, 3, 44, 20, 7, 31, 2, 18, 40, 22, 6, 13, 49, 30, 11, 8],
  [17, 3],
  [8, 8, 30, 41, 25, 9, 10],
];
const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] as number))), 0);

/** Reads `ids` token by token with a cache and gives the scores after each. */
async function decode(ids: readonly number[]): Promise<Float32Array[]> {
  let cache: KvCache = emptyCache(SHAPE, 1);
  const scores: Float32Array[] = [];
  for (const id of ids) {
    const run = await runTokens(session, SHAPE, cache, [[id]]);
    cache = arrangeCache(SHAPE, [{ cache, row: 0 }]);
    appendToCache(SHAPE, cache, run.outputs, [1]);
    scores.push(run.logitsOf(0));
  }
  return scores;
}

describe('a run with a cache', () => {
  it('gives the scores of a run without one', async () => {
    const ids = PROMPTS[0] ?? [];
    const full = await runTokens(session, SHAPE, emptyCache(SHAPE, 1), [ids]);
    for (const [index, scores] of (await decode(ids)).entries()) {
      expect(largestDifference(scores, full.logitsOf(0, index))).toBeLessThan(1e-4);
    }
  });

  it('gives each row of a padded batch the scores it gets alone', async () => {
    const together = await runTokens(session, SHAPE, emptyCache(SHAPE, 3), PROMPTS);
    const read = arrangeCache(
      SHAPE,
      PROMPTS.map((_, row) => ({ cache: emptyCache(SHAPE, 3), row })),
      20,
    );
    appendToCache(
      SHAPE,
      read,
      together.outputs,
      PROMPTS.map(({ length }) => length),
    );
    const next = await runTokens(session, SHAPE, read, [[4], [5], [6]]);
    for (const [row, prompt] of PROMPTS.entries()) {
      const alone = await decode([...prompt, 4 + row]);
      expect(largestDifference(together.logitsOf(row), alone.at(-2) as Float32Array)).toBeLessThan(
        1e-4,
      );
      expect(largestDifference(next.logitsOf(row), alone.at(-1) as Float32Array)).toBeLessThan(
        1e-4,
      );
    }
  });
});

const request = (prompt: readonly number[], seed: number, maxTokens = 12): SequenceRequest => ({
  prompt,
  seed,
  maxTokens,
  temperature: 1,
  topK: 50,
});

async function readAll(ticket: Ticket): Promise<number[]> {
  const ids: number[] = [];
  for (;;) {
    const { id, finish } = await ticket.next();
    ids.push(id);
    if (finish) return ids;
  }
}

const open = (maxBatch: number, kvBlocks = 100) => {
  const counters = createCounters();
  return { counters, batcher: createBatcher(session, SHAPE, { maxBatch, kvBlocks }, counters) };
};

describe('the batcher', () => {
  it('writes for each request what it writes for it alone, whoever joins or leaves meanwhile', async () => {
    const alone: number[][] = [];
    for (const [seed, prompt] of PROMPTS.entries())
      alone.push(await readAll(open(1).batcher.submit(request(prompt, seed, 5 + 9 * seed))));
    const { batcher, counters } = open(2);
    const together = await Promise.all(
      PROMPTS.map((prompt, seed) => readAll(batcher.submit(request(prompt, seed, 5 + 9 * seed)))),
    );
    expect(together).toEqual(alone);
    expect(counters).toMatchObject({
      runningRequests: 0,
      waitingRequests: 0,
      kvCacheUsage: 0,
      promptTokens: 27,
    });
    expect(counters.generationTokens).toBe(alone.flat().length);
    expect(counters.finished.stop + counters.finished.length).toBe(3);
  });

  it('runs no more at once than the batch takes, and the rest waits in order', async () => {
    const { batcher, counters } = open(2);
    const tickets = [1, 2, 3].map((seed) => batcher.submit(request([7, 7], seed)));
    await tickets[0]?.next();
    expect(counters).toMatchObject({ runningRequests: 2, waitingRequests: 1 });
    batcher.close(new Error('end of test'));
    await expect(readAll(tickets[2] as Ticket)).rejects.toThrow('end of test');
  });

  it('admits by KV memory: a request waits until its blocks are free', async () => {
    // 2 + 30 tokens are 2 blocks of 16.
    const { batcher, counters } = open(8, 5);
    const tickets = [1, 2, 3].map((seed) => batcher.submit(request([7, 7], seed, 30)));
    await tickets[0]?.next();
    expect(counters).toMatchObject({ runningRequests: 2, waitingRequests: 1, kvCacheUsage: 0.8 });
    tickets[0]?.cancel(new Error('no longer wanted'));
    expect(counters.kvCacheUsage).toBe(0.4);
    await tickets[2]?.next();
    expect(counters).toMatchObject({ runningRequests: 2, waitingRequests: 0, kvCacheUsage: 0.8 });
    batcher.close(new Error('end of test'));
  });

  it('counts the bytes of its keys and values, and keeps none once all have left', async () => {
    const { batcher, counters } = open(2);
    const tickets = [1, 2].map((seed) => batcher.submit(request([7, 7], seed, 20)));
    await tickets[0]?.next();
    await tickets[0]?.next();
    // Two rows of one block of 16 tokens: 2 layers, 2 heads of 8, keys and values, 4 bytes each.
    expect(counters.kvCacheBytes).toBe(2 * 16 * 2 * 2 * 2 * 8 * 4);
    await Promise.all(tickets.map(readAll));
    expect(counters.kvCacheBytes).toBe(0);
    expect(counters.kvCachePeakBytes).toBeGreaterThanOrEqual(2 * 16 * 2 * 2 * 2 * 8 * 4);
  });

  it('writes the same without a cache, and keeps nothing', async () => {
    const counters = createCounters();
    const limits = { maxBatch: 8, kvBlocks: 100 };
    const recomputing = createBatcher(session, SHAPE, { ...limits, keepsCache: false }, counters);
    const keeping = open(8).batcher;
    const ask = (batcher: typeof keeping) =>
      Promise.all(
        PROMPTS.map((prompt, seed) => readAll(batcher.submit(request(prompt, seed, 12)))),
      );
    expect(await ask(recomputing)).toEqual(await ask(keeping));
    expect(counters).toMatchObject({ kvCachePeakBytes: 0, promptTokens: 27, runningRequests: 0 });
  });

  it('rejects a cancelled request with its reason and lets the others finish', async () => {
    const { batcher, counters } = open(4);
    const reason = new DOMException('the client left', 'AbortError');
    const [left, right] = [batcher.submit(request([3, 4], 1)), batcher.submit(request([3, 4], 2))];
    await left.next();
    left.cancel(reason);
    await expect(readAll(left)).rejects.toBe(reason);
    expect(await readAll(right)).toEqual(await readAll(open(1).batcher.submit(request([3, 4], 2))));
    expect(counters.finished.abort).toBe(1);
  });

  it('passes a fault of the model on to all who wait for it, and works again afterwards', async () => {
    let isBroken = true;
    const flaky = {
      run: (feeds: Parameters<typeof session.run>[0]) =>
        isBroken ? Promise.reject(new Error('out of memory')) : session.run(feeds),
    };
    const batcher = createBatcher(flaky, SHAPE, { maxBatch: 1, kvBlocks: 100 }, createCounters());
    const both = [batcher.submit(request([3], 1)), batcher.submit(request([4], 2))].map(readAll);
    for (const result of await Promise.allSettled(both))
      expect(result).toMatchObject({ status: 'rejected', reason: { message: 'out of memory' } });
    isBroken = false;
    expect((await readAll(batcher.submit(request([3], 1)))).length).toBeGreaterThan(0);
  });
});
