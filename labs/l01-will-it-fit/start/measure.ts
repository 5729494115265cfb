import type { Generator } from 'model';

/** What oncall-lm was found to hold, in bytes, and for how many tokens. */
export interface Holding {
  readonly kv: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
}

const TEXT =
  '# Runbook: storage alert on checkout\nRead the free space of the volume and note the service that fills it. ';
/** Tokens that are written: enough to see the keys and values of the answer too. */
const WRITTEN = 12;

/** The most that keys and values take while `concurrency` texts of `tokens` tokens are continued together. */
export async function holdTexts(
  model: Generator,
  concurrency: number,
  tokens: number,
): Promise<Holding> {
  const prompt = cut(model, TEXT.repeat(12), tokens - WRITTEN);
  const prompt_tokens = model.countTokens(prompt);
  const output_tokens = tokens - prompt_tokens;
  let kv = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async (_, seed) => {
      const options = { maxTokens: output_tokens, seed };
      for await (const token of model.generate(prompt, options))
        if (token.id >= 0) kv = Math.max(kv, bytesNow(model));
    }),
  );
  return { kv, prompt_tokens, output_tokens };
}

/** Bytes of the arrays that the last run of the model was given. */
function bytesNow(model: Generator): number {
  const found = /^generator_kv_cache_bytes\{[^}]*\} (\d+)$/m.exec(model.metrics());
  return Number(found?.[1] ?? 0);
}

function cut(model: Generator, text: string, tokens: number): string {
  const words = text.split(' ');
  let length = words.length;
  while (length > 1 && model.countTokens(words.slice(0, length).join(' ')) > tokens) length -= 1;
  return words.slice(0, length).join(' ');
}
