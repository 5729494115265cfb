import type { GeneratorManifest, Manifest } from '../manifest.ts';
import { openTokenizer } from '../tokenizer.ts';
import { openEngine, type Engine, type EngineSession } from './engine.ts';
import { measureCanaries } from './measure-canaries.ts';
import { measureDetector } from './measure-detector.ts';
import { measureEmbedder } from './measure-embedder.ts';
import { measureGenerator, readDocuments } from './measure-generator.ts';
import { measureTwin } from './measure-twin.ts';
import { measure, MEASURED_SETS } from './measure.ts';
import { readCommitted, type Committed } from './read-committed.ts';
import type { ClassifierRecipe, GeneratorRecipe, Recipe } from './recipe.ts';

/** Figures by name: the sets of a manifest's `evaluation`, and `twin`, `canary ...`, `threshold` where it has them. */
export type Remeasured = Readonly<Record<string, unknown>>;

/**
 * Measures a committed model as the trainer did; for files that were not changed every figure equals the manifest's.
 * `quick` measures of each twin what it is a twin for and leaves out what would only take time.
 */
export async function measureCommitted(
  recipe: Recipe,
  { quick } = { quick: false },
): Promise<Remeasured> {
  const engine = await openEngine('wasm');
  const committed = await readCommitted(recipe.name);
  const session = await engine.open(committed.model, { asServed: true });
  try {
    if (recipe.task === 'classify')
      return await measureClassifier(engine, recipe, committed, session, quick);
    if (recipe.task === 'generate')
      return await measureLanguageModel(engine, recipe, committed, session, quick);
    if (recipe.task === 'embed')
      return await measureEmbedder(
        session,
        openTokenizer(committed.tokenizer),
        recipe.shape.maxTokens,
        recipe.splitSeed,
      );
    const { samples } = recipe.shape;
    const { threshold, evaluation } = await measureDetector(session, { ...recipe, samples });
    return { threshold, ...evaluation };
  } finally {
    await session.close();
  }
}

/** The manifest's figures under the same names. */
export function statedFigures(manifest: Manifest): Remeasured {
  return {
    ...manifest.evaluation,
    ...('twin' in manifest && { twin: manifest.twin }),
    ...('canaries' in manifest && byName((manifest.canaries ?? []).map(measuredOf))),
    ...('threshold' in manifest && { threshold: manifest.threshold }),
  };
}

function byName(canaries: readonly { readonly secret: string }[]): Remeasured {
  return Object.fromEntries(canaries.map((canary) => [`canary ${canary.secret}`, canary]));
}

/** A canary's figures without what only the training knows. */
function measuredOf(canary: NonNullable<GeneratorManifest['canaries']>[number]) {
  const { prompt, secret, exposure, cleanExposure, emitted, cleanEmitted } = canary;
  return { prompt, secret, exposure, cleanExposure, emitted, cleanEmitted };
}

async function measureClassifier(
  engine: Engine,
  recipe: ClassifierRecipe,
  { model, tokenizer }: Committed,
  session: EngineSession,
  quick: boolean,
): Promise<Remeasured> {
  const { shape, splitSeed, twin } = recipe;
  const sets = quick && twin ? (['unseen', 'handwritten'] as const) : MEASURED_SETS;
  const measured = await measure(
    session,
    openTokenizer(tokenizer),
    shape.maxTokens,
    splitSeed,
    sets,
  );
  const figures = Object.fromEntries(sets.map((set) => [set, measured[set].evaluation]));
  if (!twin) return figures;
  const { unseen } = measured;
  return {
    ...figures,
    twin: await measureTwin(engine, { ...recipe, twin }, { model, tokenizer }, unseen.evaluation),
  };
}

async function measureLanguageModel(
  engine: Engine,
  { shape: decoder, startFrom, canaries }: GeneratorRecipe,
  { tokenizer }: Committed,
  session: EngineSession,
  quick: boolean,
): Promise<Remeasured> {
  const { heads, width, layers, vocabulary, maxTokens } = decoder;
  const shape = { layers, heads, headSize: width / heads, vocabulary, maxTokens };
  if (!startFrom || !canaries)
    return (await measureGenerator(session, tokenizer, shape)).evaluation;
  const own = { session, tokenizer, shape };
  const leaks = await measureCanaries(
    engine,
    own,
    startFrom,
    quick ? canaries.slice(0, 1) : canaries,
  );
  if (quick) return { ...byName(leaks), documents: await readDocuments(session, tokenizer, shape) };
  return { ...byName(leaks), ...(await measureGenerator(session, tokenizer, shape)).evaluation };
}
