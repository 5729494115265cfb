import { emptyCache, type KvShape } from '../generation/kv-cache.ts';
import { runTokens } from '../generation/run-tokens.ts';
import type { Manifest } from '../manifest.ts';
import { drawRunbook } from '../data/runbooks/draw.ts';
import { seededRandom } from '../random.ts';
import { openTokenizer } from '../tokenizer.ts';
import { openEngine, type EngineSession } from './engine.ts';
import { readDocuments } from './measure-generator.ts';
import { measure } from './measure.ts';

const DOCUMENTS = 25;

/** The manifest's figures of a variant, beside the full model's own. */
export async function measureVariant(
  manifest: Manifest,
  full: Uint8Array,
  variant: Uint8Array,
  tokenizer: object,
): Promise<Record<string, number>> {
  const engine = await openEngine('wasm');
  const session = await engine.open(variant, { asServed: true });
  try {
    if (manifest.task === 'classify') {
      const { seen, unseen, handwritten } = await measure(
        session,
        openTokenizer(tokenizer),
        manifest.maxTokens,
        manifest.training.dataSeed,
      );
      return {
        seen: seen.evaluation.accuracy,
        unseen: unseen.evaluation.accuracy,
        handwritten: handwritten.evaluation.accuracy,
      };
    }
    if (manifest.task !== 'generate')
      throw new Error(`${manifest.name} has no variants that could be measured.`);
    const { loss, accuracy } = await readDocuments(session, tokenizer, manifest.shape, DOCUMENTS);
    const reference = await engine.open(full, { asServed: true });
    const largestDifference = await compare(session, reference, manifest.shape, tokenizer);
    await reference.close();
    return { loss, accuracy, largestDifference };
  } finally {
    await session.close();
  }
}

/** The largest difference between two models' scores over one runbook. */
async function compare(
  one: EngineSession,
  other: EngineSession,
  shape: KvShape,
  tokenizer: object,
): Promise<number> {
  const { ids } = openTokenizer(tokenizer).encode(drawRunbook(seededRandom(1)), shape.maxTokens);
  const [a, b] = await Promise.all(
    [one, other].map((session) => runTokens(session, shape, emptyCache(shape, 1), [ids])),
  );
  const [left, right] = [
    a?.outputs.logits ?? new Float32Array(0),
    b?.outputs.logits ?? new Float32Array(0),
  ];
  return Number(
    left
      .reduce((most, value, index) => Math.max(most, Math.abs(value - (right[index] ?? NaN))), 0)
      .toPrecision(3),
  );
}
