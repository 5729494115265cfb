import { readFile } from 'node:fs/promises';
import type { Manifest } from '../manifest.ts';
import { openTokenizer } from '../tokenizer.ts';
import { openEngine } from './engine.ts';
import { measureGenerator } from './measure-generator.ts';
import { measure } from './measure.ts';

/** Measures the files in a model's folder as the trainer did; for files that were not changed it equals the manifest's evaluation. */
export async function measureCommitted(
  folder: string,
  manifest: Manifest,
): Promise<Manifest['evaluation']> {
  const session = await (
    await openEngine('wasm')
  ).open(await readFile(`${folder}/${manifest.files.model.path}`), { asServed: true });
  const tokenizer = JSON.parse(
    await readFile(`${folder}/${manifest.files.tokenizer.path}`, 'utf8'),
  ) as object;
  try {
    if (manifest.task === 'generate')
      return (await measureGenerator(session, tokenizer, manifest.shape)).evaluation;
    const measured = await measure(
      session,
      openTokenizer(tokenizer),
      manifest.maxTokens,
      manifest.training.dataSeed,
    );
    return {
      seen: measured.seen.evaluation,
      tuning: measured.tuning.evaluation,
      unseen: measured.unseen.evaluation,
      handwritten: measured.handwritten.evaluation,
    };
  } finally {
    await session.close();
  }
}
