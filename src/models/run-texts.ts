import { batchTooLarge } from './errors.ts';
import { padBatch } from './pad.ts';
import type { ModelSession } from './runtime.ts';
import { checkText } from './text.ts';
import type { TextEncoder } from './tokenizer.ts';

/** What one run over texts gave. */
export interface TextRun {
  readonly outputs: Readonly<Record<string, Float32Array>>;
  /** By text: whether its end was ignored. */
  readonly truncated: readonly boolean[];
}

/** Tokens in one run: the engine takes about 4 KB for each, so that this many stay below 300 MB. */
const MOST_TOKENS = 65_536;

/** One run over all texts, each cut and padded to `maxTokens`; rejects with a ModelError when one is no text or all are too many. */
export async function runTexts(
  session: ModelSession,
  encoder: TextEncoder,
  maxTokens: number,
  texts: readonly string[],
): Promise<TextRun> {
  const most = Math.floor(MOST_TOKENS / maxTokens);
  if (texts.length > most) throw batchTooLarge(texts.length, most);
  const encoded = texts.map((text) => encoder.encode(checkText(text), maxTokens));
  const rows = encoded.map(({ ids }) => ids);
  const { ids, mask, dims } = padBatch(rows, maxTokens);
  const outputs = await session.run({
    input_ids: { type: 'int64', data: ids, dims },
    attention_mask: { type: 'int64', data: mask, dims },
  });
  return { outputs, truncated: encoded.map(({ truncated }) => truncated) };
}
