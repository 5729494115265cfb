import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { load } from './learner/classifier.ts';
import type { AssetSource } from './asset-source.ts';
import { createModels, type Models } from './serve.ts';

const fromDisk: AssetSource = {
  async readAsset(path) {
    const file = path.startsWith('runtime/')
      ? path.replace('runtime/', 'node_modules/onnxruntime-web/dist/')
      : path;
    return new Uint8Array(await readFile(file));
  },
};

/** The files on disk with one of them changed. */
function withFile(path: string, change: (bytes: Uint8Array) => Uint8Array): AssetSource {
  return {
    async readAsset(asked) {
      const bytes = await fromDisk.readAsset(asked);
      return asked === path ? change(bytes) : bytes;
    },
  };
}

function withManifest(change: (text: string) => string): AssetSource {
  return withFile('models/triage/manifest.json', (bytes) =>
    new TextEncoder().encode(change(new TextDecoder().decode(bytes))),
  );
}

const triage = await createModels(fromDisk).load('triage');
afterAll(() => triage.dispose());

describe('a loaded classifier', () => {
  it('names itself, its version and its labels', () => {
    expect(triage.name).toBe('triage');
    expect(triage.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(triage.labels).toEqual([
      'access',
      'capacity',
      'database',
      'deploy',
      'hardware',
      'model-quality',
      'network',
      'storage',
    ]);
  });

  it.each([
    ['storage', 'write /var/lib/orders/segment.log: no space left on device'],
    ['network', 'dial tcp 10.0.3.7:5432: connect: no route to host'],
    ['capacity', 'CUDA out of memory: tried to allocate 2 GiB, 22 GiB already allocated on GPU 0'],
    ['access', 'x509: certificate has expired or is not yet valid'],
  ])('finds %s in "%s"', async (label, text) => {
    const result = await triage.classify(text);
    expect(result.label).toBe(label);
    expect(result.score).toBe(result.scores[label]);
    expect(result.truncated).toBe(false);
    expect(Object.keys(result.scores)).toEqual(triage.labels);
    expect(Object.values(result.scores).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  });

  it('gives a batch the answers that its texts get alone, in their order', async () => {
    const texts = [
      'deadlock detected while updating table orders',
      'GPU 3 has fallen off the bus',
      'helm upgrade failed',
    ];
    const together = await triage.classifyBatch(texts);
    for (const [index, text] of texts.entries()) {
      const alone = await triage.classify(text);
      expect(together[index]?.label).toBe(alone.label);
      expect(together[index]?.score).toBeCloseTo(alone.score, 5);
    }
    expect(await triage.classifyBatch([])).toEqual([]);
  });

  it('answers overlapping calls, each with its own answer', async () => {
    const texts = [
      'packet loss of 12 percent',
      'the disk is full',
      'packet loss of 12 percent',
      'the disk is full',
    ];
    const results = await Promise.all(texts.map((text) => triage.classify(text)));
    expect(results[0]).toEqual(results[2]);
    expect(results[1]).toEqual(results[3]);
    expect(results[0]?.label).not.toBe(results[1]?.label);
  });

  it('cuts a text that is too long and says so', async () => {
    const start = 'disk usage of /var is 97%, no space left on device. ';
    const result = await triage.classify(start.repeat(2000));
    expect(result.truncated).toBe(true);
    expect(result.label).toBe('storage');
  });

  it.each([
    ['a lone surrogate', 'disk full \ud800 \udc00x'],
    ['control characters', '\u0000\u0001\u0007'],
    ['an emoji', '🔥'],
    ['another script', 'サーバーのディスクがいっぱいです'],
    ['the tokeniser’s own marks', '<pad><hidden><unk>'],
  ])('answers text with %s', async (_, text) => {
    const { scores } = await triage.classify(text);
    expect(Object.values(scores).every(Number.isFinite)).toBe(true);
  });

  it.each([
    [
      '',
      {
        code: 'InputEmpty',
        status: 400,
        message: 'The text is empty or only blanks. Send at least one word.',
      },
    ],
    [' \n\t', { code: 'InputEmpty', status: 400 }],
    [
      undefined,
      {
        code: 'InputInvalid',
        status: 400,
        message: "The text must be a string, found undefined. Check the request's fields.",
      },
    ],
    [null, { code: 'InputInvalid', status: 400 }],
    [{ text: 'disk full' }, { code: 'InputInvalid', status: 400 }],
  ])('refuses %j as the text', async (text, problem) => {
    await expect(triage.classify(text as string)).rejects.toMatchObject(problem);
  });

  it('refuses work after dispose, and a second dispose does nothing', async () => {
    const other = await createModels(fromDisk).load('triage');
    await other.warm(1);
    await other.dispose();
    await other.dispose();
    await expect(other.classify('disk full')).rejects.toMatchObject({
      code: 'ModelClosed',
      status: 503,
    });
  });
});

describe('loading', () => {
  it.each(['nothing', '../triage', 'triage/..', '', 'Triage'])(
    'says that there is no model "%s"',
    async (name) => {
      await expect(createModels(fromDisk).load(name)).rejects.toMatchObject({
        code: 'UnknownModel',
        status: 404,
      });
    },
  );

  it('refuses a model with one changed byte before parsing it', async () => {
    const source = withFile('models/triage/triage.onnx', (bytes) =>
      bytes.with(1000, (bytes[1000] as number) ^ 1),
    );
    await expect(createModels(source).load('triage')).rejects.toMatchObject({
      code: 'ModelCorrupt',
      status: 503,
      message: expect.stringMatching(
        /^The file models\/triage\/triage\.onnx is not the one that was published: its SHA-256 is [0-9a-f]{64} instead of [0-9a-f]{64}\. It was not loaded\. Copy the model again\.$/,
      ),
    });
  });

  it('refuses a truncated model and a changed tokeniser', async () => {
    const cut = withFile('models/triage/triage.onnx', (bytes) => bytes.subarray(0, 5000));
    await expect(createModels(cut).load('triage')).rejects.toMatchObject({
      code: 'ModelCorrupt',
      message: expect.stringContaining('it has 5000 bytes instead of'),
    });
    const changed = withFile('models/triage/tokenizer.json', (bytes) => bytes.with(40, 32));
    await expect(createModels(changed).load('triage')).rejects.toMatchObject({
      code: 'ModelCorrupt',
    });
  });

  it.each([
    ['not JSON', () => '<html>'],
    [
      'an unknown field',
      (text: string) => text.replace('"schema": 1', '"schema": 1, "extra": true'),
    ],
    [
      'a path out of the folder',
      (text: string) => text.replace('"triage.onnx"', '"../secret.onnx"'),
    ],
    [
      'the name of another model',
      (text: string) => text.replace('"name": "triage"', '"name": "embed"'),
    ],
    ['another schema', (text: string) => text.replace('"schema": 1', '"schema": 2')],
  ])('refuses a manifest with %s', async (_, change) => {
    await expect(createModels(withManifest(change)).load('triage')).rejects.toMatchObject({
      code: 'ModelCorrupt',
      message: expect.stringContaining('models/triage/manifest.json'),
    });
  });

  it('refuses a model whose labels do not fit its outputs', async () => {
    const model = await createModels(withManifest((text) => text.replace(/"access",\s*/, ''))).load(
      'triage',
    );
    await expect(model.classify('disk full')).rejects.toMatchObject({
      code: 'ModelCorrupt',
      message: expect.stringContaining('its labels ask for 7 outputs and the model gives 8'),
    });
    await model.dispose();
  });

  it('says which file is missing', async () => {
    const source: AssetSource = {
      readAsset: (path) =>
        path.endsWith('.onnx') ? Promise.reject(new Error('404')) : fromDisk.readAsset(path),
    };
    await expect(createModels(source).load('triage')).rejects.toMatchObject({
      code: 'ModelMissing',
      status: 503,
      message:
        "The file models/triage/triage.onnx is named in the model's manifest and cannot be read (404). Was the model copied completely?",
    });
  });

  it('has the type that learners see', () => {
    const seen: typeof load = null as unknown as Models['load'];
    expect(seen).toBeNull();
  });
});
