import { modelClosed, modelCorrupt } from './errors.ts';
import type { Embedder, Embedding } from './learner/embedder.ts';
import type { EmbedderManifest } from './manifest.ts';
import { runTexts } from './run-texts.ts';
import type { ModelSession } from './runtime.ts';
import type { TextEncoder } from './tokenizer.ts';

type Described = Pick<EmbedderManifest, 'name' | 'version' | 'dimensions' | 'maxTokens'>;

/** The learner's view of an embedder's session. */
export function createEmbedder(
  { name, version, dimensions, maxTokens }: Described,
  encoder: TextEncoder,
  session: ModelSession,
): Embedder {
  let isOpen = true;
  const embedBatch = async (texts: readonly string[]): Promise<Embedding[]> => {
    if (!isOpen) throw modelClosed(name);
    if (texts.length === 0) return [];
    const { outputs, truncated } = await runTexts(session, encoder, maxTokens, texts);
    const values = outputs.embedding ?? new Float32Array(0);
    checkOutputs(name, values.length, texts.length * dimensions);
    return truncated.map((isCut, row) => ({
      vector: values.slice(row * dimensions, (row + 1) * dimensions),
      truncated: isCut,
    }));
  };
  return {
    name,
    version,
    device: session.device,
    dimensions,
    embedBatch,
    async embed(text) {
      const [result] = await embedBatch([text]);
      return result as Embedding;
    },
    async warm(runs = 3) {
      for (let run = 0; run < runs; run++) await embedBatch(['warm up']);
    },
    async dispose() {
      if (!isOpen) return;
      isOpen = false;
      await session.close();
    },
  };
}

function checkOutputs(name: string, found: number, wanted: number): void {
  if (found === wanted) return;
  throw modelCorrupt(
    `models/${name}/manifest.json`,
    `its dimensions ask for ${wanted} numbers and the model gives ${found}`,
  );
}
