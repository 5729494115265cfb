import * as comlink from 'comlink';
import type {
  Classifier,
  Detector,
  Embedder,
  GeneratedToken,
  Generator,
  LoadOptions,
} from '#models/learner-types.ts';
import { createModels } from '#models/serve.ts';
import { siteAssets } from '#models/site-assets.ts';
import type { InferenceApi, ModelChoice } from './messages.ts';

const models = createModels(siteAssets);
const open = { classify: null, embed: null, anomaly: null, generate: null } as {
  classify: Classifier | null;
  embed: Embedder | null;
  anomaly: Detector | null;
  generate: Generator | null;
};
let index: { readonly texts: readonly string[]; readonly vectors: readonly Float32Array[] } | null =
  null;
let stopping = new AbortController();

const api: InferenceApi = {
  async open({ name, task, variant }, onProgress) {
    await open[task]?.dispose();
    open[task] = null;
    index = null;
    const options = { ...(variant === null ? {} : { variant }), onProgress };
    const loaded = await LOADERS[task](name, options);
    await loaded.warm();
    Object.assign(open, { [task]: loaded });
  },
  classify: (text) => opened('classify').classify(text),
  async search(query, runbooks, most) {
    const embedder = opened('embed');
    if (index?.texts !== runbooks && index?.texts.length !== runbooks.length) {
      const found = await embedder.embedBatch(runbooks);
      index = { texts: runbooks, vectors: found.map(({ vector }) => vector) };
    }
    const { vector } = await embedder.embed(query);
    return index.vectors
      .map((other, at) => ({ text: runbooks[at] ?? '', similarity: dot(vector, other) }))
      .toSorted((one, other) => other.similarity - one.similarity)
      .slice(0, most);
  },
  async scan(samples) {
    const detector = opened('anomaly');
    const windows = Array.from(
      { length: Math.max(0, samples.length - detector.samples + 1) },
      (_, at) => samples.slice(at, at + detector.samples),
    );
    return { detections: await detector.detectBatch(windows), threshold: detector.threshold };
  },
  async generate(prompt, options, onTokens) {
    stopping = new AbortController();
    const { signal } = stopping;
    const outbox = createOutbox(onTokens);
    try {
      for await (const token of opened('generate').generate(prompt, { ...options, signal }))
        outbox.put(token);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    await outbox.empty();
  },
  stop: () => stopping.abort(),
};

const LOADERS = {
  classify: (name: string, options: LoadOptions) => models.load(name, options),
  embed: (name: string, options: LoadOptions) => models.loadEmbedder(name, options),
  anomaly: (name: string, options: LoadOptions) => models.loadDetector(name, options),
  generate: (name: string, options: LoadOptions) => models.loadGenerator(name, options),
} satisfies Record<ModelChoice['task'], unknown>;

/** A message for every token would cost more than the token; the first goes at once, the others a refresh at a time. */
function createOutbox(send: (tokens: readonly GeneratedToken[]) => unknown) {
  let waiting: GeneratedToken[] = [];
  let sentAt = -Infinity;
  // Each message is answered on a port of its own, so without these the end could overtake the last tokens.
  const answers: unknown[] = [];
  const flush = (): void => {
    if (waiting.length > 0) answers.push(send(waiting));
    waiting = [];
    sentAt = performance.now();
  };
  return {
    put(token: GeneratedToken): void {
      waiting.push(token);
      if (performance.now() - sentAt >= REFRESH_MS) flush();
    },
    async empty(): Promise<void> {
      flush();
      await Promise.all(answers);
    },
  };
}

const REFRESH_MS = 16;

function opened<T extends ModelChoice['task']>(task: T): NonNullable<(typeof open)[T]> {
  const model = open[task];
  if (!model) throw new Error(`No model is open that is made to ${task}.`);
  return model;
}

function dot(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}

comlink.expose(api);
