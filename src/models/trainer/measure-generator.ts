import { checkRunbook, type RunbookReport } from '../data/runbooks/check.ts';
import { drawDocument, drawRunbook, drawTitle } from '../data/runbooks/draw.ts';
import { openDetokeniser } from '../detokeniser.ts';
import { createBatcher, type Ticket } from '../generation/batcher.ts';
import { createCounters } from '../generation/counters.ts';
import { blocksFor, emptyCache, type KvShape } from '../generation/kv-cache.ts';
import { runTokens } from '../generation/run-tokens.ts';
import type { GeneratorManifest } from '../manifest.ts';
import { seededRandom } from '../random.ts';
import { indexOfLargest } from '../scores.ts';
import { END_ID, openTokenizer } from '../tokenizer.ts';
import type { EngineSession } from './engine.ts';

/** A generated runbook with what is wrong with it. */
export interface JudgedRunbook {
  readonly text: string;
  readonly report: RunbookReport;
}

/** The manifest's figures and the texts behind them. */
export interface GeneratorMeasurement {
  readonly evaluation: GeneratorManifest['evaluation'];
  readonly runbooks: readonly JudgedRunbook[];
}

// Other documents than in training: the stream of random numbers is another one.
const EVALUATION_SEED = 77;
const DOCUMENT_SEED = 78;
const DOCUMENTS = 100;
const RUNBOOKS = 200;
const CUT_PROMPTS = 100;
const MAX_BATCH = 16;
const SAMPLING = { temperature: 0.7, topK: 20 };

/** Measures an open language model; equal files give equal figures on the wasm engine. */
export async function measureGenerator(
  session: EngineSession,
  tokenizer: object,
  shape: KvShape,
): Promise<GeneratorMeasurement> {
  const random = seededRandom(EVALUATION_SEED);
  const documents = await readDocuments(session, tokenizer, shape);
  const titles = Array.from({ length: RUNBOOKS }, () => drawTitle(random));
  const cut = Array.from({ length: CUT_PROMPTS }, () => {
    const [text, title] = [drawRunbook(random), drawTitle(random).length];
    return text.slice(0, title + random.below(text.length - title));
  });
  const write = async (prompts: readonly string[]): Promise<JudgedRunbook[]> => {
    const texts = await continueAll(session, tokenizer, shape, prompts);
    return texts.map((text) => ({ text, report: checkRunbook(text) }));
  };
  const runbooks = await write(titles);
  return {
    evaluation: { documents, runbooks: judge(runbooks), cutPrompts: judge(await write(cut)) },
    runbooks,
  };
}

function judge(runbooks: readonly JudgedRunbook[]) {
  const kept = runbooks.filter(({ report }) => report.form.length === 0);
  const known = kept.filter(({ report }) => report.content.length === 0);
  return {
    examples: runbooks.length,
    form: share(kept.length, runbooks.length),
    content: share(known.length, runbooks.length),
  };
}

/** How well the model predicts `count` fresh documents, token by token. */
export async function readDocuments(
  session: EngineSession,
  tokenizer: object,
  shape: KvShape,
  count = DOCUMENTS,
) {
  const random = seededRandom(DOCUMENT_SEED);
  const texts = Array.from({ length: count }, () => drawDocument(random));
  const encoder = openTokenizer(tokenizer);
  let [tokens, loss, right] = [0, 0, 0];
  for (const text of texts) {
    const ids = [...encoder.encode(text, shape.maxTokens - 1).ids, END_ID];
    const run = await runTokens(session, shape, emptyCache(shape, 1), [ids]);
    for (let at = 0; at + 1 < ids.length; at++) {
      const logits = run.logitsOf(0, at);
      const next = ids[at + 1] as number;
      loss += lossOf(logits, next);
      right += indexOfLargest(logits) === next ? 1 : 0;
      tokens += 1;
    }
  }
  return {
    examples: texts.length,
    tokens,
    loss: Number((loss / tokens).toFixed(4)),
    accuracy: share(right, tokens),
  };
}

/** Nats: minus the logarithm of the share that the model gives the token. */
function lossOf(logits: Float32Array, id: number): number {
  const largest = logits[indexOfLargest(logits)] as number;
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
  return largest + Math.log(total) - (logits[id] as number);
}

/** Each prompt with its sampled continuation, to its end or for at most `limit` tokens; the seed is the prompt's place. */
export async function continueAll(
  session: EngineSession,
  tokenizer: object,
  shape: KvShape,
  prompts: readonly string[],
  limit = shape.maxTokens,
): Promise<string[]> {
  const encoder = openTokenizer(tokenizer);
  const newDetokeniser = openDetokeniser(tokenizer);
  const limits = { maxBatch: MAX_BATCH, kvBlocks: MAX_BATCH * blocksFor(shape.maxTokens) };
  const batcher = createBatcher(session, shape, limits, createCounters());
  const read = async (prompt: string, ticket: Ticket): Promise<string> => {
    const detokeniser = newDetokeniser();
    let text = prompt;
    for (;;) {
      const { id, finish } = await ticket.next();
      text += detokeniser.push(id);
      if (finish) return text + detokeniser.flush();
    }
  };
  return Promise.all(
    prompts.map((text, seed) => {
      const prompt = encoder.encode(text, shape.maxTokens - 1).ids;
      return read(
        text,
        batcher.submit({
          ...SAMPLING,
          prompt,
          maxTokens: Math.min(limit, shape.maxTokens - prompt.length),
          seed,
        }),
      );
    }),
  );
}

function share(part: number, of: number): number {
  return Number((part / of).toFixed(4));
}
