import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { GeneratedToken, Generator } from '../learner/generator.ts';
import { drawRunbook } from '../data/runbooks/draw.ts';
import { parseManifest } from '../manifest.ts';
import { seededRandom } from '../random.ts';
import { createModels } from '../serve.ts';
import { openTokenizer } from '../tokenizer.ts';
import { openEngine } from '../trainer/engine.ts';
import { appendToCache, arrangeCache, emptyCache } from './kv-cache.ts';
import { runTokens } from './run-tokens.ts';

const models = createModels({
  async readAsset(path) {
    return new Uint8Array(
      await readFile(
        path.startsWith('runtime/')
          ? path.replace('runtime/', 'node_modules/onnxruntime-web/dist/')
          : path,
      ),
    );
  },
});
const lm = await models.loadGenerator('oncall-lm', { maxBatch: 4 });
afterAll(() => lm.dispose());

const PROMPT = '# Runbook: storage alert on checkout';

async function collect(
  from: Generator,
  ...[prompt, options]: Parameters<Generator['generate']>
): Promise<GeneratedToken[]> {
  const tokens: GeneratedToken[] = [];
  for await (const token of from.generate(prompt, options)) tokens.push(token);
  return tokens;
}

const textOf = (tokens: readonly GeneratedToken[]): string =>
  tokens.map(({ text }) => text).join('');

describe('a loaded language model', () => {
  it('continues a title with a runbook, token by token, with its times', async () => {
    const tokens = await collect(lm, PROMPT, { temperature: 0, maxTokens: 200 });
    expect(textOf(tokens)).toMatch(
      /^\nOwner: [a-z-]+\. Severity: SEV[123]\.\nSymptom: [^\n]+\.\n\n## Check\n1\. /,
    );
    expect(tokens.slice(0, -1).every(({ finish }) => finish === null)).toBe(true);
    expect(tokens.at(-1)?.finish).toBe('stop');
    expect(tokens[0]?.sincePreviousMs).toBe(tokens[0]?.elapsedMs);
    const total = tokens.reduce((sum, { sincePreviousMs }) => sum + sincePreviousMs, 0);
    expect(total).toBeCloseTo(tokens.at(-1)?.elapsedMs ?? 0, 6);
  });

  it('gives equal texts for equal seeds, also in company', async () => {
    const alone = textOf(await collect(lm, PROMPT, { seed: 7, maxTokens: 60 }));
    const together = await Promise.all(
      [7, 8, 9, 10, 11, 12].map((seed) => collect(lm, PROMPT, { seed, maxTokens: 60 })),
    );
    expect(textOf(together[0] ?? [])).toBe(alone);
    expect(new Set(together.map(textOf)).size).toBeGreaterThan(1);
  });

  it('stops at maxTokens, and at the end of its context', async () => {
    const short = await collect(lm, PROMPT, { maxTokens: 3 });
    expect(short).toHaveLength(3);
    expect(short.at(-1)?.finish).toBe('length');
    const long = 'x '.repeat(120);
    const tokens = await collect(lm, long, { maxTokens: 10_000 });
    expect(tokens.length + lm.countTokens(long)).toBeLessThanOrEqual(lm.contextTokens);
  });

  it('ends when the signal aborts, with the reason of the signal, and takes the next request', async () => {
    const controller = new AbortController();
    const tokens: GeneratedToken[] = [];
    const reading = (async () => {
      for await (const token of lm.generate(PROMPT, { signal: controller.signal })) {
        tokens.push(token);
        if (tokens.length === 2)
          controller.abort(new DOMException('the client left', 'AbortError'));
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(lm.metrics()).toContain('vllm:num_requests_running{model_name="oncall-lm"} 0');
    expect(await collect(lm, PROMPT, { maxTokens: 2 })).toHaveLength(2);
  });

  it('gives its place back when the reader leaves the loop', async () => {
    for await (const token of lm.generate(PROMPT)) if (token.elapsedMs > 0) break;
    expect(lm.metrics()).toContain('vllm:kv_cache_usage_perc{model_name="oncall-lm"} 0\n');
  });

  it.each([
    [
      'an empty prompt',
      '',
      {},
      {
        code: 'InputEmpty',
        status: 400,
        message: 'The prompt is empty or only blanks. Send at least one word.',
      },
    ],
    ['a prompt that is no string', 7, {}, { code: 'InputInvalid', status: 400 }],
    [
      'a prompt beyond the context',
      'disk full '.repeat(500),
      {},
      { code: 'InputTooLong', status: 413 },
    ],
    ['a negative temperature', PROMPT, { temperature: -1 }, { code: 'InputInvalid', status: 400 }],
    ['half a token', PROMPT, { maxTokens: 0.5 }, { code: 'InputInvalid', status: 400 }],
  ])('refuses %s', async (_, prompt, options, problem) => {
    await expect(collect(lm, prompt as string, options)).rejects.toMatchObject(problem);
  });

  it.each(['\ud800 alone', '🔥 サーバー', '\u0000\u0001', '<end><pad>'])(
    'answers the prompt %j',
    async (prompt) => {
      expect(await collect(lm, prompt, { maxTokens: 4 })).not.toHaveLength(0);
    },
  );
});

describe('loading a language model', () => {
  it('refuses a classifier, and the other way round', async () => {
    await expect(models.loadGenerator('triage')).rejects.toMatchObject({
      code: 'WrongTask',
      status: 400,
    });
    await expect(models.load('oncall-lm')).rejects.toMatchObject({
      code: 'WrongTask',
      message: expect.stringContaining('loadGenerator()') as string,
    });
  });

  it('refuses a request that its KV memory can never hold', async () => {
    const small = await models.loadGenerator('oncall-lm', { maxBatch: 1, kvBytes: 300_000 });
    await expect(collect(small, PROMPT, { maxTokens: 200 })).rejects.toMatchObject({
      code: 'InputTooLong',
    });
    expect(await collect(small, PROMPT, { maxTokens: 5 })).toHaveLength(5);
    await small.dispose();
    await expect(collect(small, PROMPT)).rejects.toMatchObject({
      code: 'ModelClosed',
      status: 503,
    });
  });

  it.each(['fp16', 'int8-dynamic', 'int8', 'int4', 'int2'])(
    'opens the variant %s, which writes too',
    async (variant) => {
      const other = await models.loadGenerator('oncall-lm', { variant });
      expect(textOf(await collect(other, PROMPT, { temperature: 0, maxTokens: 12 }))).toMatch(
        /^\nOwner: /,
      );
      await other.dispose();
    },
  );

  it('names the variants there are when asked for another', async () => {
    await expect(models.load('triage', { variant: 'int3' })).rejects.toMatchObject({
      code: 'UnknownModel',
      message: expect.stringContaining('int4') as string,
    });
  });
});

it('gives the committed model the same scores with its cache as without, within 1e-4', async () => {
  const manifest = parseManifest(await readFile('models/oncall-lm/manifest.json', 'utf8'));
  if (manifest.task !== 'generate') throw new Error('oncall-lm is not a language model.');
  const { shape } = manifest;
  const session = await (
    await openEngine('wasm')
  ).open(await readFile('models/oncall-lm/oncall-lm.onnx'), { asServed: true });
  const encoder = openTokenizer(
    JSON.parse(await readFile('models/oncall-lm/tokenizer.json', 'utf8')) as object,
  );
  const { ids } = encoder.encode(drawRunbook(seededRandom(5)), 100);
  const full = await runTokens(session, shape, emptyCache(shape, 1), [ids]);
  let cache = emptyCache(shape, 1);
  for (const [index, id] of ids.entries()) {
    const run = await runTokens(session, shape, cache, [[id]]);
    cache = arrangeCache(shape, [{ cache, row: 0 }]);
    appendToCache(shape, cache, run.outputs, [1]);
    const expected = full.logitsOf(0, index);
    expect(
      Math.max(...run.logitsOf(0).map((score, at) => Math.abs(score - (expected[at] as number)))),
    ).toBeLessThan(1e-4);
  }
  await session.close();
});
