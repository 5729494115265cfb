import { readFile } from 'node:fs/promises';
import { isWorseOnPurpose, listModels } from '#cards/listed-model.ts';
import { readModelPoints, type ModelPoint } from './model-points.ts';

/** Every use of the models that are there to be served; read when the site is built. */
export async function listPoints(): Promise<readonly ModelPoint[]> {
  const served = listModels().filter(({ manifest }) => !isWorseOnPurpose(manifest));
  const points = await Promise.all(
    served.map(async ({ manifest }) =>
      readModelPoints(
        manifest,
        await readFile(`models/${manifest.name}/${manifest.files.model.path}`),
      ),
    ),
  );
  return points.flat();
}
