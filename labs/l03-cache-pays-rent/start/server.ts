import { Hono } from 'hono';
import { loadGenerator, readJson, toErrorResponse, type Generator } from 'model';
import { measureDecode } from './measure-decode.ts';
import { createRoom, type Room } from './when-full.ts';

/*
 * The on-call assistant, finished and read only. It takes its settings from the environment:
 *
 *   KV_CACHE        on: keys and values of earlier tokens are kept. off: every token reads the whole text again
 *   KV_MAX_TOKENS   most tokens whose keys and values are kept, all requests together; without it there is no limit
 *   KV_WHEN_FULL    what becomes of a request for which there is no room: wait, refuse or shorten (when-full.ts)
 *
 *   curl http://oncall-lm/measure    what a token costs early and late in a text
 *   curl http://oncall-lm/metrics    generator_kv_cache_peak_bytes: the most that keys and values took
 */

interface Bindings {
  KV_CACHE?: string;
  KV_MAX_TOKENS?: string;
  KV_WHEN_FULL?: string;
}

interface Serving {
  readonly model: Generator;
  readonly room: Room;
}

const MOST_TOGETHER = 12;
/** Keys and values, 4 layers, 4 heads of 32 numbers, 4 bytes each. */
const BYTES_PER_TOKEN = 2 * 4 * 4 * 32 * 4;

let serving: Serving | null = null;
let trouble = 'the model is not loaded yet';
let opening: Promise<void> | null = null;

const app = new Hono<{ Bindings: Bindings }>();

// The environment comes with the first request, and that is the readiness probe's.
app.get('/readyz', (c) => {
  opening ??= open(c.env).catch((error) => {
    trouble = error instanceof Error ? error.message : String(error);
    console.error('oncall-lm could not be loaded:', trouble);
  });
  return serving ? c.text('ready\n') : c.text(`${trouble}\n`, 503);
});

app.post('/generate', async (c) => {
  const {
    prompt,
    maxTokens = 80,
    temperature = 0,
  } = (await readJson(c.req.raw)) as { prompt: string; maxTokens?: number; temperature?: number };
  if (!serving) return c.json({ error: trouble }, 503);
  const { model, room } = serving;
  const place = room.enter(prompt, maxTokens);
  if (!place) return c.json({ error: 'there is no room for its keys and values' }, 503);
  try {
    let text = '';
    for await (const token of model.generate(place.prompt, { maxTokens, temperature }))
      text += token.text;
    return c.json({ text });
  } finally {
    place.leave();
  }
});

app.get('/measure', async (c) => {
  if (!serving) return c.text(`${trouble}\n`, 503);
  const rounds = await measureDecode(serving.model, 5);
  const lines = rounds.map(
    ({ early, late }) =>
      `near token 20: ${early.toFixed(2)} ms a token, near token 200: ${late.toFixed(2)} ms, ${(late / early).toFixed(1)} times`,
  );
  const quickest =
    Math.min(...rounds.map(({ late }) => late)) / Math.min(...rounds.map(({ early }) => early));
  return c.text(`${lines.join('\n')}\nthe quickest of each: ${quickest.toFixed(1)} times\n`);
});

app.post('/measure', async (c) => {
  if (!serving) return c.json({ error: trouble }, 503);
  return c.json({ rounds: await measureDecode(serving.model, 9) });
});

/** Texts cut after a word, so that they have at most so many tokens. */
app.post('/cut', async (c) => {
  if (!serving) return c.json({ error: trouble }, 503);
  const { model } = serving;
  const { texts, tokens } = (await readJson(c.req.raw, 1_000_000)) as {
    texts: readonly string[];
    tokens: number;
  };
  const cut = texts.map((text) => {
    const words = text.split(' ');
    let [fits, not] = [0, words.length + 1];
    while (not - fits > 1) {
      const half = (fits + not) >> 1;
      if (model.countTokens(words.slice(0, half).join(' ') || ' ') <= tokens) fits = half;
      else not = half;
    }
    return words.slice(0, fits).join(' ');
  });
  return c.json({ texts: cut });
});

app.get('/metrics', (c) => c.text(serving?.model.metrics() ?? ''));

app.onError((error) => toErrorResponse(error));

async function open(env: Bindings): Promise<void> {
  const { KV_CACHE = 'off', KV_WHEN_FULL = 'wait' } = env;
  const most = env.KV_MAX_TOKENS === undefined ? null : Number(env.KV_MAX_TOKENS);
  if (most !== null && !(Number.isInteger(most) && most >= 16))
    throw new Error(`KV_MAX_TOKENS is "${env.KV_MAX_TOKENS}". Write a whole number from 16.`);
  if (KV_CACHE !== 'on' && KV_CACHE !== 'off')
    throw new Error(`KV_CACHE is "${KV_CACHE}". Write on or off, in quotes.`);
  if (KV_WHEN_FULL !== 'wait' && KV_WHEN_FULL !== 'refuse' && KV_WHEN_FULL !== 'shorten')
    throw new Error(`KV_WHEN_FULL is "${KV_WHEN_FULL}". Write wait, refuse or shorten.`);
  const model = await loadGenerator('oncall-lm', {
    maxBatch: MOST_TOGETHER,
    cache: KV_CACHE === 'on',
    ...(most === null ? {} : { kvBytes: most * BYTES_PER_TOKEN }),
  });
  await model.warm(5);
  serving = { model, room: createRoom(model, KV_WHEN_FULL, most ?? Infinity) };
  console.log(`oncall-lm is ready: cache ${KV_CACHE}, ${most ?? 'any number of'} tokens`);
}

export default app;
