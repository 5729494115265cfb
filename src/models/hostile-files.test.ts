import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { AssetSource } from './asset-source.ts';
import { createModels } from './serve.ts';
import { createOnnxGraph } from './trainer/onnx-graph.ts';

async function fromDisk(path: string): Promise<Uint8Array> {
  const file = path.replace(/^runtime\//, 'node_modules/onnxruntime-web/dist/');
  return new Uint8Array(await readFile(file));
}

/** The models on disk, but triage's file is this one and its manifest vouches for it. */
async function withPublished(model: Uint8Array): Promise<AssetSource> {
  const manifest = JSON.parse(await readFile('models/triage/manifest.json', 'utf8'));
  const sha256 = createHash('sha256').update(model).digest('hex');
  manifest.files.model = { path: 'triage.onnx', bytes: model.length, sha256 };
  const own: Record<string, Uint8Array> = {
    'models/triage/triage.onnx': model,
    'models/triage/manifest.json': new TextEncoder().encode(JSON.stringify(manifest)),
  };
  return { readAsset: (path) => Promise.resolve(own[path] ?? fromDisk(path)) };
}

describe('a file whose hash is right', () => {
  it('is refused with the operator that the engine lacks', async () => {
    const graph = createOnnxGraph();
    const ids = graph.input('input_ids', 'int64', ['batch', 64]);
    graph.output('logits', graph.node('Frobnicate', [ids]), ['batch', 8]);
    await expect(
      createModels(await withPublished(graph.finish())).load('triage'),
    ).rejects.toMatchObject({
      code: 'ModelUnsupported',
      status: 503,
      message: expect.stringMatching(
        /^The engine cannot run models\/triage\/triage\.onnx: .*Frobnicate.*The file is intact\./,
      ) as string,
    });
  });

  it.each([
    ['is cut short', (bytes: Uint8Array) => bytes.slice(0, 200_000)],
    ['is no model at all', () => new TextEncoder().encode('<!doctype html><p>Not found')],
  ])('is refused when it %s', async (_, change) => {
    const bytes = change(await fromDisk('models/triage/triage.onnx'));
    await expect(createModels(await withPublished(bytes)).load('triage')).rejects.toMatchObject({
      code: 'ModelUnsupported',
      status: 503,
    });
  });
});

it('reads the engine again after it could not be read', async () => {
  let isBroken = true;
  const models = createModels({
    readAsset: (path) =>
      isBroken && path.startsWith('runtime/')
        ? Promise.reject(new Error('HTTP 502'))
        : fromDisk(path),
  });
  await expect(models.load('triage')).rejects.toMatchObject({
    code: 'RuntimeUnavailable',
    status: 503,
    message: expect.stringContaining('HTTP 502') as string,
  });
  isBroken = false;
  const triage = await models.load('triage');
  expect(triage.name).toBe('triage');
  await triage.dispose();
});

it('tells how far loading has come, to the last byte, before it opens the model', async () => {
  const steps: string[] = [];
  const last: { received: number; total: number | null } = { received: -1, total: -1 };
  const triage = await createModels({
    async readAsset(path, onBytes) {
      const bytes = await fromDisk(path);
      onBytes?.(Math.floor(bytes.length / 2));
      return bytes;
    },
  }).load('triage', {
    onProgress: ({ step, receivedBytes, totalBytes }) => {
      steps.push(step);
      if (totalBytes !== null) expect(receivedBytes).toBeLessThanOrEqual(totalBytes);
      if (step === 'model') Object.assign(last, { received: receivedBytes, total: totalBytes });
    },
  });
  await triage.dispose();
  expect(steps).toContain('engine');
  expect(steps.at(-1)).toBe('open');
  expect(last.received).toBe(last.total);
});

it('refuses a batch that would not fit into memory, and says how many do', async () => {
  const triage = await createModels({ readAsset: fromDisk }).load('triage');
  await expect(triage.classifyBatch(Array(100_000).fill('disk full'))).rejects.toMatchObject({
    code: 'BatchTooLarge',
    status: 413,
    message:
      '100000 texts are more than the 1024 that fit into memory in one run. Send them in batches of at most 1024.',
  });
  expect(await triage.classifyBatch(Array(40).fill('disk full'))).toHaveLength(40);
  await triage.dispose();
});
