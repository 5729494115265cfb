import type { Feed } from '../feed.ts';
import { seededRandom, type Random } from '../random.ts';
import { openEngine, type EngineSession } from './engine.ts';
import { gradientName } from './gradient-name.ts';
import type { ParameterSpec } from './encoder.ts';
import { initialWeights, type Weights } from './weights.ts';

/** A training graph with weights and inputs at which its gradients are checked. */
export interface GradientCase {
  readonly session: EngineSession;
  readonly weights: Weights;
  readonly random: Random;
  /** All inputs but the weights. */
  readonly inputs: Readonly<Record<string, Feed>>;
}

/** How far a weight is moved, how many are tried, and how far slope and gradient may be apart. */
export interface Bounds {
  readonly step: number;
  readonly tried: number;
  readonly absolute: number;
  readonly relative: number;
}

/** A weight whose gradient is not the slope of the loss. */
interface Disagreement {
  readonly index: number;
  readonly gradient: number;
  readonly slope: number;
}

/**
 * Opens a training graph on the wasm engine, whose digits are the same on every machine, with random weights;
 * `spread` moves constant ones too, so that no gradient is zero by chance.
 */
export async function openGradientCase(
  graph: Uint8Array,
  parameters: readonly ParameterSpec[],
  inputs: Readonly<Record<string, Feed>>,
  { spread, seed = 7 }: { readonly spread: number; readonly seed?: number },
): Promise<GradientCase> {
  const session = await (await openEngine('wasm')).open(graph);
  const random = seededRandom(seed);
  const weights = initialWeights(parameters, random);
  for (const { values } of weights)
    for (let i = 0; i < values.length; i++)
      values[i] = (values[i] as number) + spread * random.normal();
  return { session, weights, random, inputs };
}

/** The loss and all gradients at the case's weights. */
export function runCase({ session, weights, inputs }: GradientCase) {
  const feeds = weights.map(
    ({ name, dims, values }) => [name, { type: 'float32', data: values, dims } as const] as const,
  );
  return session.run({ ...Object.fromEntries(feeds), ...inputs });
}

/** Moves some numbers of a weight up and down and compares the change of the loss with the graph's gradient. */
export async function findDisagreements(
  gradientCase: GradientCase,
  name: string,
  { step, tried, absolute, relative }: Bounds,
): Promise<Disagreement[]> {
  const gradient = (await runCase(gradientCase))[gradientName(name)];
  const weight = gradientCase.weights.find((candidate) => candidate.name === name);
  if (!weight || gradient?.length !== weight.values.length)
    throw new Error(`The graph gives no gradient of the size of ${name}.`);
  const found: Disagreement[] = [];
  for (let trial = 0; trial < tried; trial++) {
    const index = gradientCase.random.below(weight.values.length);
    const before = weight.values[index] as number;
    const lossAt = async (value: number): Promise<number> => {
      weight.values[index] = value;
      return (await runCase(gradientCase)).loss?.[0] as number;
    };
    const slope = ((await lossAt(before + step)) - (await lossAt(before - step))) / (2 * step);
    weight.values[index] = before;
    const own = gradient[index] as number;
    if (!(Math.abs(own - slope) < absolute + relative * Math.abs(slope)))
      found.push({ index, gradient: own, slope });
  }
  return found;
}
