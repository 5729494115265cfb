import { drawTelemetry } from '../draw-telemetry.ts';
import { drawTickets } from '../draw-tickets.ts';
import type { Feed } from '../feed.ts';
import { openDecoder } from '../generation/decoder.ts';
import type { Manifest } from '../manifest.ts';
import { openPackage, type ModelPackage } from '../package.ts';
import { padBatch } from '../pad.ts';
import type { ModelSession, Runtime } from '../runtime.ts';
import { indexOfLargest } from '../scores.ts';
import { siteAssets } from '../site-assets.ts';
import { openTokenizer } from '../tokenizer.ts';

/** How far the outputs of one model are apart on two engines. */
export interface Agreement {
  /** The largest difference of any number, over the number itself where that is above 1. */
  readonly difference: number;
  readonly numbers: number;
}

/** A batch; the wasm engine takes seconds for each with weights of 2 bits. */
const TEXTS = 2;
/** More than a block of the cache, so that it grows once. */
const TOKENS = 24;
const PROMPT = '# Runbook: storage alert on checkout';

/** Runs one model with the same inputs on both engines and compares every output. */
export async function compareDevices(
  engines: readonly [Runtime, Runtime],
  name: string,
  task: Manifest['task'],
  variant: string | null,
): Promise<Agreement> {
  const files = await openPackage(siteAssets, name, task, variant === null ? {} : { variant });
  const preparation = task === 'generate' ? 'fold-constants' : 'as-written';
  const other = await engines[1].open(files.path, files.model, preparation);
  const one = await engines[0].open(files.path, files.model, preparation);
  try {
    const { manifest } = files;
    if (manifest.task === 'generate') return await compareDecoders(files, manifest, one, other);
    const feeds = feedsFor(files, manifest);
    const [first, second] = [await one.run(feeds), await other.run(feeds)];
    return apart(Object.keys(first).map((key) => [first[key], second[key]]));
  } finally {
    await one.close();
    await other.close();
  }
}

type Pair = readonly [Float32Array | undefined, Float32Array | undefined];

/** A prompt, then token after token as the first engine writes it, each with keys and values where it keeps them. */
async function compareDecoders(
  { tokenizer }: ModelPackage<Manifest['task']>,
  { shape }: Extract<Manifest, { task: 'generate' }>,
  ...sessions: readonly ModelSession[]
): Promise<Agreement> {
  const decoders = sessions.map((session) => openDecoder(session, shape));
  let tokens = openTokenizer(tokenizer).encode(PROMPT, shape.maxTokens).ids;
  const caches = decoders.map((decoder) => {
    const empty = decoder.empty(1);
    return { decoder, cache: decoder.arrange([{ cache: empty, row: 0 }], tokens.length) };
  });
  const pairs: Pair[] = [];
  for (let made = 0; made < TOKENS; made++) {
    const found: Float32Array[] = [];
    for (const place of caches) {
      const { decoder, cache } = place;
      const behind = cache.lengths[0] ?? 0;
      if (behind + tokens.length > cache.columns)
        place.cache = decoder.arrange([{ cache, row: 0 }], tokens.length);
      const run = await decoder.run(place.cache, [tokens]);
      run.keepIn(place.cache, [tokens.length]);
      found.push(run.logitsOf(0));
    }
    pairs.push([found[0], found[1]]);
    tokens = [indexOfLargest(found[0] as Float32Array)];
  }
  for (const { decoder, cache } of caches) decoder.free(cache);
  return apart(pairs);
}

/** Tickets for a model that reads text, a machine's telemetry for one that reads numbers. */
function feedsFor(
  { tokenizer }: ModelPackage<Manifest['task']>,
  manifest: Exclude<Manifest, { task: 'generate' }>,
): Record<string, Feed> {
  if (manifest.task === 'anomaly') {
    const { samples } = drawTelemetry(1, 1);
    const rows = samples.slice(0, manifest.samples);
    const dims = [1, manifest.samples, manifest.features.length];
    return { windows: { type: 'float32', data: Float32Array.from(rows.flat()), dims } };
  }
  const encoder = openTokenizer(tokenizer);
  const texts = drawTickets(1, TEXTS).map(({ text }) => text);
  const ids = texts.map((text) => encoder.encode(text, manifest.maxTokens).ids);
  const batch = padBatch(ids, manifest.maxTokens);
  return {
    input_ids: { type: 'int64', data: batch.ids, dims: batch.dims },
    attention_mask: { type: 'int64', data: batch.mask, dims: batch.dims },
  };
}

function apart(pairs: readonly Pair[]): Agreement {
  let difference = 0;
  let numbers = 0;
  for (const [one, other] of pairs) {
    if (one?.length !== other?.length) throw new Error('The engines give outputs of other sizes.');
    one?.forEach((value, index) => {
      const distance = Math.abs(value - (other?.[index] ?? Number.NaN));
      // Not Math.max: a difference that is no number must not be lost.
      if (!(distance / Math.max(1, Math.abs(value)) <= difference))
        difference = distance / Math.max(1, Math.abs(value));
    });
    numbers += one?.length ?? 0;
  }
  return { difference, numbers };
}
