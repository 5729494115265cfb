import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { drawTelemetry } from './draw-telemetry.ts';
import { createModels } from './serve.ts';

const models = createModels({
  async readAsset(path) {
    const file = path.replace(/^runtime\//, 'node_modules/onnxruntime-web/dist/');
    return new Uint8Array(await readFile(file));
  },
});

it('embeds texts into directions: near for the same trouble, further for another, alike alone and together', async () => {
  const embedder = await models.loadEmbedder('embed');
  const texts = [
    'the volume of checkout is 97 percent full',
    'no space is left on the volume of checkout',
    'nobody can sign in to billing any more',
  ];
  const [one, same, other] = (await embedder.embedBatch(texts)).map(({ vector }) => vector);
  const cosine = (a?: Float32Array, b?: Float32Array): number =>
    a?.reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0) ?? Number.NaN;
  expect(one).toHaveLength(embedder.dimensions);
  expect(cosine(one, one)).toBeCloseTo(1, 4);
  expect(cosine(one, same)).toBeGreaterThan(cosine(one, other));
  const alone = await embedder.embed(texts[0] ?? '');
  expect(cosine(alone.vector, one)).toBeCloseTo(1, 4);
  await expect(embedder.embed(' ')).rejects.toMatchObject({ code: 'InputEmpty', status: 400 });
  await embedder.dispose();
  await expect(embedder.embed('x')).rejects.toMatchObject({ code: 'ModelClosed', status: 503 });
});

it('finds telemetry with something wrong in it more unusual than calm telemetry', async () => {
  const detector = await models.loadDetector('anomaly');
  const { samples, anomalies } = drawTelemetry(7, 4, { anomalies: true });
  const errors = await detector.detectBatch(
    samples.slice(0, 1 - detector.samples).map((_, at) => samples.slice(at, at + detector.samples)),
  );
  const isWrong = (at: number): boolean =>
    anomalies.some(
      ({ from, samples: length }) => at >= from && at + detector.samples <= from + length,
    );
  const isCalm = (at: number): boolean =>
    anomalies.every(
      ({ from, samples: length }) => at + detector.samples < from || at > from + length,
    );
  const meanOf = (wanted: (at: number) => boolean): number => {
    const values = errors.filter((_, at) => wanted(at)).map(({ error }) => error);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  expect(meanOf(isWrong)).toBeGreaterThan(2 * meanOf(isCalm));
  await detector.dispose();
});

it('names the function to use when a model of another task is asked for', async () => {
  await expect(models.loadEmbedder('anomaly')).rejects.toMatchObject({
    code: 'WrongTask',
    message:
      'The model "anomaly" is made to detect anomalies, not to embed. Use loadDetector() for it, or name another model.',
  });
});
