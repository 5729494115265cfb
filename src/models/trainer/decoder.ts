import type { Tape, Value } from './autodiff.ts';
import type { ParameterSpec } from './encoder.ts';
import * as op from './operators.ts';

/** A decoder-only transformer (Radford et al. 2019): each token sees only those before it and predicts the next one. */
export interface DecoderShape {
  readonly vocabulary: number;
  /** Numbers per token. */
  readonly width: number;
  readonly heads: number;
  /** Width of a block's inner layer. */
  readonly hidden: number;
  readonly layers: number;
  /** The longest text, prompt included, in tokens. */
  readonly maxTokens: number;
}

/** Names in the graph of what changes from call to call. */
export interface DecoderInputs {
  /** int64 [batch, tokens]. */
  readonly ids: string;
  /** float [tokens, width], or [batch, tokens, width] when each row has positions of its own. */
  readonly positions: Value;
  /** float, broadcast to [batch, heads, tokens, seen tokens]: 0 where looking is allowed, very negative where not. */
  readonly bias: string;
  /** For each layer, the keys and values of earlier tokens, float [batch, heads, earlier, width / heads]. */
  readonly past?: readonly KeysAndValues[];
}

/** Names of the keys and values of one layer. */
interface KeysAndValues {
  readonly keys: string;
  readonly values: string;
}

/** Every trained tensor of the decoder, in the order in which they are stored. */
export function decoderParameters({
  vocabulary,
  width,
  hidden,
  layers,
  maxTokens,
}: DecoderShape): ParameterSpec[] {
  const deviation = 0.02;
  // Each block adds to the same row; smaller first steps keep the sum from growing with depth.
  const residual = deviation / Math.sqrt(2 * layers);
  const matrix = (
    name: string,
    rows: number,
    columns: number,
    spread = deviation,
  ): ParameterSpec => ({ name, dims: [rows, columns], start: { deviation: spread } });
  const vector = (name: string, size: number, constant: number): ParameterSpec => ({
    name,
    dims: [size],
    start: { constant },
  });
  const normal = (name: string): ParameterSpec[] => [
    vector(`${name}.gain`, width, 1),
    vector(`${name}.shift`, width, 0),
  ];
  return [
    matrix('tokens', vocabulary, width),
    matrix('positions', maxTokens, width),
    ...Array.from({ length: layers }, (_, layer) => [
      ...normal(`${layer}.attention`),
      ...['query', 'key', 'value'].map((name) =>
        matrix(`${layer}.attention.${name}`, width, width),
      ),
      matrix(`${layer}.attention.out`, width, width, residual),
      ...normal(`${layer}.inner`),
      matrix(`${layer}.inner.in`, width, hidden),
      vector(`${layer}.inner.bias`, hidden, 0),
      matrix(`${layer}.inner.out`, hidden, width, residual),
    ]).flat(),
    ...normal('last'),
  ];
}

/**
 * Writes the decoder: `logits` [batch, tokens, vocabulary], and for each layer the keys and values of these tokens
 * alone, so that whoever keeps a cache adds them where each row has its end.
 */
export function writeDecoder(
  tape: Tape,
  shape: DecoderShape,
  of: (name: string) => Value,
  inputs: DecoderInputs,
): { logits: Value; made: KeysAndValues[] } {
  const made: KeysAndValues[] = [];
  let x = op.add(
    tape,
    op.lookUp(tape, of('tokens'), inputs.ids, shape.vocabulary),
    inputs.positions,
  );
  for (let layer = 0; layer < shape.layers; layer++) {
    const ofLayer = (name: string): Value => of(`${layer}.${name}`);
    const attended = attend(tape, shape, ofLayer, x, {
      bias: inputs.bias,
      past: inputs.past?.[layer],
    });
    made.push(attended.made);
    x = op.add(tape, x, attended.taken);
    x = op.add(tape, x, think(tape, ofLayer, x));
  }
  const normal = op.layerNorm(tape, x, of('last.gain'), of('last.shift'));
  // The table that reads tokens also writes them: a seventh fewer weights, and none of the quality.
  return { logits: op.project(tape, normal, op.transpose(tape, of('tokens'), [1, 0])), made };
}

function attend(
  tape: Tape,
  { heads, width }: DecoderShape,
  of: (name: string) => Value,
  x: Value,
  { bias, past }: { bias: string; past: KeysAndValues | undefined },
) {
  const { graph } = tape;
  const normal = op.layerNorm(tape, x, of('attention.gain'), of('attention.shift'));
  const split = (name: string): Value =>
    op.transpose(
      tape,
      op.reshape(tape, op.project(tape, normal, of(`attention.${name}`)), [
        0,
        0,
        heads,
        width / heads,
      ]),
      [0, 2, 1, 3],
    );
  const [query, key, value] = [split('query'), split('key'), split('value')];
  // Only served models have a past, and those are not trained, so joining needs no gradient.
  const after = (earlier: string | undefined, now: Value): Value =>
    earlier === undefined
      ? now
      : { name: graph.node('Concat', [earlier, now.name], { axis: 2 }), rank: 4 };
  const scores = op.multiplyMatrices(
    tape,
    query,
    op.transpose(tape, after(past?.keys, key), [0, 1, 3, 2]),
  );
  const shares = op.softmax(
    tape,
    op.shiftBy(tape, op.multiplyBy(tape, scores, graph.scalar(1 / Math.sqrt(width / heads))), bias),
  );
  const taken = op.multiplyMatrices(tape, shares, after(past?.values, value));
  const joined = op.reshape(tape, op.transpose(tape, taken, [0, 2, 1, 3]), [0, 0, width]);
  return {
    taken: op.project(tape, joined, of('attention.out')),
    made: { keys: key.name, values: value.name },
  };
}

function think(tape: Tape, of: (name: string) => Value, x: Value): Value {
  const normal = op.layerNorm(tape, x, of('inner.gain'), of('inner.shift'));
  const inner = op.add(tape, op.project(tape, normal, of('inner.in')), of('inner.bias'));
  return op.project(tape, op.relu(tape, inner), of('inner.out'));
}
