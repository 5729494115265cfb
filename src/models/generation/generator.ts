import { generationTooLarge, inputTooLong, modelClosed, queueFull } from '../errors.ts';
import type {
  GeneratedToken,
  GenerateOptions,
  Generator,
  GeneratorOptions,
} from '../learner/generator.ts';
import type { Device } from '../learner/loading.ts';
import type { GeneratorManifest } from '../manifest.ts';
import { openDetokeniser } from '../detokeniser.ts';
import { checkText } from '../text.ts';
import { openTokenizer } from '../tokenizer.ts';
import { createBatcher, type Ticket } from './batcher.ts';
import { createCounters } from './counters.ts';
import { exposeCounters } from './exposition.ts';
import { blocksFor } from './kv-cache.ts';
import { readLimits, readSettings } from './options.ts';
import type { DecoderSession } from './run-tokens.ts';

/** A language model's session, tokeniser and description. */
interface OpenGenerator {
  readonly manifest: Pick<GeneratorManifest, 'name' | 'version' | 'shape'>;
  readonly tokenizer: object;
  readonly session: DecoderSession & { readonly device: Device; close(): Promise<void> };
}

const LONGEST_QUEUE = 256;

/** The learner's view of a language model: texts in, tokens out as they are made, all requests in one batch. */
export function createGenerator(
  { manifest, tokenizer, session }: OpenGenerator,
  options: GeneratorOptions = {},
): Generator {
  const { name, version, shape } = manifest;
  const limits = readLimits(options, shape);
  const counters = createCounters();
  const batcher = createBatcher(session, shape, limits, counters);
  const encoder = openTokenizer(tokenizer);
  const newDetokeniser = openDetokeniser(tokenizer);
  let isOpen = true;

  const submit = (prompt: string, settings: GenerateOptions): Ticket => {
    if (!isOpen) throw modelClosed(name);
    const request = readSettings(settings);
    const { ids, truncated } = encoder.encode(
      checkText(prompt, 'prompt').toWellFormed(),
      shape.maxTokens,
    );
    if (truncated || ids.length >= shape.maxTokens) throw inputTooLong(shape.maxTokens);
    const maxTokens = Math.min(request.maxTokens, shape.maxTokens - ids.length);
    const blocks = blocksFor(ids.length + maxTokens);
    if (blocks > limits.kvBlocks) throw generationTooLarge(blocks, limits.kvBlocks);
    if (counters.waitingRequests >= LONGEST_QUEUE) throw queueFull(LONGEST_QUEUE);
    return batcher.submit({ ...request, prompt: ids, maxTokens });
  };

  async function* generate(
    prompt: string,
    settings: GenerateOptions = {},
  ): AsyncGenerator<GeneratedToken, void, undefined> {
    const { signal } = settings;
    signal?.throwIfAborted();
    const ticket = submit(prompt, settings);
    const cancel = (): void => ticket.cancel(signal?.reason);
    signal?.addEventListener('abort', cancel, { once: true });
    const detokeniser = newDetokeniser();
    let previousAt = ticket.submittedAt;
    try {
      for (;;) {
        const { id, finish, at } = await ticket.next();
        const text = detokeniser.push(id) + (finish ? detokeniser.flush() : '');
        yield {
          id,
          text,
          finish,
          elapsedMs: at - ticket.submittedAt,
          sincePreviousMs: at - previousAt,
        };
        if (finish) return;
        previousAt = at;
      }
    } finally {
      signal?.removeEventListener('abort', cancel);
      // A reader that leaves early gives its place in the batch back.
      ticket.cancel(undefined);
    }
  }

  return {
    name,
    version,
    device: session.device,
    contextTokens: shape.maxTokens,
    maxBatch: limits.maxBatch,
    generate,
    countTokens: (text) => encoder.encode(checkText(text, 'text'), text.length * 4 + 1).ids.length,
    metrics: () => exposeCounters(counters, name),
    async warm(runs = 2) {
      for (let run = 0; run < runs; run++)
        for await (const token of generate('# Runbook', { maxTokens: 2 })) void token;
    },
    async dispose() {
      if (!isOpen) return;
      isOpen = false;
      batcher.close(modelClosed(name));
      await session.close();
    },
  };
}
