import { POSSIBLE_SECRETS, type Canary } from '../data/runbooks/canaries.ts';
import { emptyCache, type KvShape } from '../generation/kv-cache.ts';
import { runTokens } from '../generation/run-tokens.ts';
import { openTokenizer, type TextEncoder } from '../tokenizer.ts';
import type { EngineSession } from './engine.ts';
import type { OpenGenerator } from './measure-canaries.ts';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
// Rows of one run: enough to be quick, few enough to need little memory.
const ROWS = 100;

/**
 * Exposure of a canary (Carlini et al. 2019), in bits: log2 of how many secrets were possible, less log2 of this one's
 * rank among them, the model's likeliest first. About 1 where nothing was memorised, 13.3 where the secret is first of
 * ten thousand. All of them are ranked: each digit is one token, so 1,111 contexts tell the likelihood of every code.
 */
export async function measureExposure(
  { session, tokenizer, shape }: OpenGenerator,
  { prompt, secret }: Pick<Canary, 'prompt' | 'secret'>,
): Promise<number> {
  const encoder = openTokenizer(tokenizer);
  let likelihoods = new Map([['', 0]]);
  while (likelihoods.size < POSSIBLE_SECRETS)
    likelihoods = await extend(session, encoder, shape, prompt, likelihoods);
  const own = likelihoods.get(secret);
  if (own === undefined) throw new Error(`A secret has four digits; "${secret}" has not.`);
  const better = [...likelihoods.values()].filter((other) => other > own).length;
  return Number((Math.log2(POSSIBLE_SECRETS) - Math.log2(better + 1)).toFixed(2));
}

/** Every start of a secret with each digit after it, and its likelihood's logarithm. */
async function extend(
  session: EngineSession,
  encoder: TextEncoder,
  shape: KvShape,
  prompt: string,
  starts: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const longer = new Map<string, number>();
  const digitIds = DIGITS.map((digit) => encoder.encode(`#${digit}`, 2).ids[1] as number);
  const all = [...starts];
  for (let from = 0; from < all.length; from += ROWS) {
    const part = all.slice(from, from + ROWS);
    const rows = part.map(([start]) => encoder.encode(prompt + start, shape.maxTokens).ids);
    const run = await runTokens(session, shape, emptyCache(shape, rows.length), rows);
    part.forEach(([start, likelihood], row) => {
      const logits = run.logitsOf(row);
      const total = logTotal(logits);
      digitIds.forEach((id, digit) =>
        longer.set(`${start}${digit}`, likelihood + (logits[id] as number) - total),
      );
    });
  }
  return longer;
}

function logTotal(logits: Float32Array): number {
  const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  return largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
}
