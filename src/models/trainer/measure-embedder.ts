import { drawAnswer, drawQuestion, splitPairs, type Pair } from '../data/retrieval/pairs.ts';
import type { EmbedderManifest } from '../manifest.ts';
import { padBatch } from '../pad.ts';
import { seededRandom } from '../random.ts';
import type { TextEncoder } from '../tokenizer.ts';
import type { EngineSession } from './engine.ts';

type Retrieval = EmbedderManifest['evaluation']['heldOut'];

// Other numbers and steps than in training: the stream of random numbers is another one.
const EVALUATION_SEED = 77;
const QUERIES = 300;
const RUN_ROWS = 32;

/** Measures an open embedder on an index of every runbook there is; equal files give equal figures on the wasm engine. */
export async function measureEmbedder(
  session: EngineSession,
  encoder: TextEncoder,
  maxTokens: number,
  splitSeed: number,
): Promise<EmbedderManifest['evaluation']> {
  const { trained, heldOut, newSymptoms } = splitPairs(splitSeed);
  const random = seededRandom(EVALUATION_SEED);
  const all = [...trained, ...heldOut, ...newSymptoms];
  const index = await embedAll(
    session,
    encoder,
    maxTokens,
    all.map((pair) => drawAnswer(pair, random)),
  );
  const measure = async (
    pairs: readonly Pair[],
    wordings: (pair: Pair) => readonly string[],
  ): Promise<Retrieval> => {
    const asked = random.shuffle(pairs).slice(0, QUERIES);
    const questions = asked.map((pair) => drawQuestion(pair, wordings(pair), random));
    const queries = await embedAll(session, encoder, maxTokens, questions);
    const ranks = queries.map((query, row) =>
      rankOf(query, index, all.indexOf(asked[row] as Pair)),
    );
    const within = (limit: number): number =>
      rounded(ranks.filter((rank) => rank <= limit).length / ranks.length);
    return {
      queries: ranks.length,
      pool: index.length,
      recallAt1: within(1),
      recallAt10: within(10),
      meanReciprocalRank: rounded(ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length),
    };
  };
  return {
    seen: await measure(trained, ({ topic }) => topic.wordings),
    heldOut: await measure(heldOut, ({ topic }) => topic.wordings),
    newWordings: await measure(heldOut, ({ topic }) => topic.unseenWordings),
    newSymptoms: await measure(newSymptoms, ({ topic }) => topic.wordings),
  };
}

async function embedAll(
  session: EngineSession,
  encoder: TextEncoder,
  maxTokens: number,
  texts: readonly string[],
): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  for (let from = 0; from < texts.length; from += RUN_ROWS) {
    const part = texts.slice(from, from + RUN_ROWS);
    const { ids, mask, dims } = padBatch(
      part.map((text) => encoder.encode(text, maxTokens).ids),
      maxTokens,
    );
    const { embedding = new Float32Array(0) } = await session.run({
      input_ids: { type: 'int64', data: ids, dims },
      attention_mask: { type: 'int64', data: mask, dims },
    });
    const width = embedding.length / part.length;
    part.forEach((_, row) => rows.push(embedding.slice(row * width, (row + 1) * width)));
  }
  return rows;
}

/** Place of the right runbook when all are sorted by their cosine with the query, 1 being first. */
function rankOf(query: Float32Array, index: readonly Float32Array[], right: number): number {
  const cosine = (row: Float32Array): number =>
    row.reduce((sum, value, at) => sum + value * (query[at] ?? 0), 0);
  const own = cosine(index[right] as Float32Array);
  return 1 + index.filter((row) => cosine(row) > own).length;
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
