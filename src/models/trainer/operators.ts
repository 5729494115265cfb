import type { Tape, Value } from './autodiff.ts';

// Each function writes one operation and says how its gradient goes back. `dy` is the gradient of the output.

/** `x + y` for equal shapes, or for a `y` with fewer axes that is repeated along the leading axes of `x`. */
export function add(tape: Tape, x: Value, y: Value): Value {
  const sum = { name: tape.graph.node('Add', [x.name, y.name]), rank: x.rank };
  return tape.record(sum, (dy) => {
    tape.contribute(x, dy);
    tape.contribute(y, sumLeadingAxes(tape, dy, x.rank - y.rank));
  });
}

/** `x * factor` for a factor that is not trained: a constant, a mask. */
export function multiplyBy(tape: Tape, x: Value, factor: string): Value {
  const product = { name: tape.graph.node('Mul', [x.name, factor]), rank: x.rank };
  return tape.record(product, (dy) => tape.contribute(x, tape.graph.node('Mul', [dy, factor])));
}

/** `x + shift` for a shift that is not trained: the attention mask. */
export function shiftBy(tape: Tape, x: Value, shift: string): Value {
  const sum = { name: tape.graph.node('Add', [x.name, shift]), rank: x.rank };
  return tape.record(sum, (dy) => tape.contribute(x, dy));
}

/** `x · weight`: every row of `x` [..., n] times the matrix [n, m]. */
export function project(tape: Tape, x: Value, weight: Value): Value {
  const { graph } = tape;
  const product = { name: graph.node('MatMul', [x.name, weight.name]), rank: x.rank };
  return tape.record(product, (dy) => {
    tape.contribute(x, graph.node('MatMul', [dy, transpose2d(tape, weight.name)]));
    // The weight met every row, so its gradient is a sum over all rows: one matrix product does it.
    tape.contribute(
      weight,
      graph.node('Gemm', [asMatrix(tape, x.name), asMatrix(tape, dy)], { transA: 1 }),
    );
  });
}

/** The product of two stacks of matrices, [..., n, k] · [..., k, m]. */
export function multiplyMatrices(tape: Tape, a: Value, b: Value): Value {
  const { graph } = tape;
  const product = { name: graph.node('MatMul', [a.name, b.name]), rank: a.rank };
  return tape.record(product, (dy) => {
    tape.contribute(a, graph.node('MatMul', [dy, swapLastAxes(tape, b)]));
    tape.contribute(b, graph.node('MatMul', [swapLastAxes(tape, a), dy]));
  });
}

/** Reorders axes. */
export function transpose(tape: Tape, x: Value, order: readonly number[]): Value {
  const { graph } = tape;
  const back = order.map((_, axis) => order.indexOf(axis));
  const turned = { name: graph.node('Transpose', [x.name], { perm: order }), rank: x.rank };
  return tape.record(turned, (dy) =>
    tape.contribute(x, graph.node('Transpose', [dy], { perm: back })),
  );
}

/** The same numbers in another shape; 0 keeps the size of that axis, -1 is worked out. */
export function reshape(tape: Tape, x: Value, shape: readonly number[]): Value {
  const { graph } = tape;
  const reshaped = {
    name: graph.node('Reshape', [x.name, graph.integers(shape)]),
    rank: shape.length,
  };
  return tape.record(reshaped, (dy) => {
    tape.contribute(x, graph.node('Reshape', [dy, graph.node('Shape', [x.name])]));
  });
}

/** Negative numbers become 0: the bend without which all layers together would be one matrix. */
export function relu(tape: Tape, x: Value): Value {
  const { graph } = tape;
  const bent = { name: graph.node('Relu', [x.name]), rank: x.rank };
  return tape.record(bent, (dy) => {
    tape.contribute(x, graph.node('Mul', [dy, graph.node('Sign', [bent.name])]));
  });
}

/** Turns each row into positive numbers that sum to 1. */
export function softmax(tape: Tape, x: Value): Value {
  const { graph } = tape;
  const shares = { name: graph.node('Softmax', [x.name], { axis: -1 }), rank: x.rank };
  return tape.record(shares, (dy) => {
    const weighted = graph.node('Mul', [dy, shares.name]);
    const total = graph.node('ReduceSum', [weighted, graph.integers([-1])], { keepdims: 1 });
    tape.contribute(x, graph.node('Sub', [weighted, graph.node('Mul', [shares.name, total])]));
  });
}

/** Brings each row to mean 0 and deviation 1, then applies a trained gain and shift. */
export function layerNorm(tape: Tape, x: Value, gain: Value, shift: Value): Value {
  const { graph } = tape;
  const [normal = '', mean = '', inverse = ''] = graph.nodes(
    'LayerNormalization',
    [x.name, gain.name, shift.name],
    3,
    {
      axis: -1,
      epsilon: { float: 1e-5 },
    },
  );
  const rowMean = (value: string): string =>
    graph.node('ReduceMean', [value], { axes: [-1], keepdims: 1 });
  return tape.record({ name: normal, rank: x.rank }, (dy) => {
    const centred = graph.node('Mul', [graph.node('Sub', [x.name, mean]), inverse]);
    tape.contribute(gain, sumLeadingAxes(tape, graph.node('Mul', [dy, centred]), x.rank - 1));
    tape.contribute(shift, sumLeadingAxes(tape, dy, x.rank - 1));
    // What only moves or stretches the row is undone by the normalisation, so those two parts are taken out.
    const inner = graph.node('Mul', [dy, gain.name]);
    const along = graph.node('Mul', [centred, rowMean(graph.node('Mul', [inner, centred]))]);
    const rest = graph.node('Sub', [graph.node('Sub', [inner, rowMean(inner)]), along]);
    tape.contribute(x, graph.node('Mul', [inverse, rest]));
  });
}

/** Rows of `table` [vocabulary, width] picked by `ids` [batch, tokens]. */
export function lookUp(tape: Tape, table: Value, ids: string, vocabulary: number): Value {
  const { graph } = tape;
  const rows = { name: graph.node('Gather', [table.name, ids]), rank: 3 };
  return tape.record(rows, (dy) => {
    // A token may occur many times, so its row receives a sum. ScatterND would add in the order in which threads
    // finish and give other bytes each run; a product with a 0/1 matrix always adds in the same order.
    const offOn = graph.weight(`off-on-of-${table.name}`, [2], Float32Array.of(0, 1));
    const flat = graph.node('Reshape', [ids, graph.integers([-1])]);
    const oneHot = graph.node('OneHot', [flat, graph.integers([vocabulary]), offOn], { axis: -1 });
    tape.contribute(table, graph.node('Gemm', [oneHot, asMatrix(tape, dy)], { transA: 1 }));
  });
}

/** Cross entropy between `logits` [batch, classes] and wanted shares of the same shape, as a mean: a scalar. */
export function crossEntropy(tape: Tape, logits: Value, wanted: string): Value {
  const { graph } = tape;
  const logShares = graph.node('LogSoftmax', [logits.name], { axis: -1 });
  const agreement = graph.node(
    'ReduceSum',
    [graph.node('Mul', [logShares, wanted]), graph.integers([-1])],
    { keepdims: 0 },
  );
  const loss = {
    name: graph.node('Neg', [graph.node('ReduceMean', [agreement], { axes: [0], keepdims: 0 })]),
    rank: 0,
  };
  return tape.record(loss, (dy) => {
    const surplus = graph.node('Sub', [graph.node('Exp', [logShares]), wanted]);
    const batch = graph.node('Cast', [graph.node('Size', [agreement])], { to: 1 });
    tape.contribute(logits, graph.node('Mul', [graph.node('Div', [surplus, batch]), dy]));
  });
}

/** Each row divided by its length, so that a product of two rows is the cosine between them. */
export function unitRows(tape: Tape, x: Value): Value {
  const { graph } = tape;
  const total = (value: string): string =>
    graph.node('ReduceSum', [value, graph.integers([-1])], { keepdims: 1 });
  const squares = total(graph.node('Mul', [x.name, x.name]));
  const length = graph.node('Sqrt', [graph.node('Add', [squares, graph.scalar(1e-12)])]);
  const unit = { name: graph.node('Div', [x.name, length]), rank: x.rank };
  return tape.record(unit, (dy) => {
    // What only stretches the row is undone by the division, so that part is taken out.
    const along = graph.node('Mul', [unit.name, total(graph.node('Mul', [dy, unit.name]))]);
    tape.contribute(x, graph.node('Div', [graph.node('Sub', [dy, along]), length]));
  });
}

/** The mean of the squared differences between `x` and `wanted` of the same shape: a scalar. */
export function meanSquare(tape: Tape, x: Value, wanted: string): Value {
  const { graph } = tape;
  const difference = graph.node('Sub', [x.name, wanted]);
  const squares = graph.node('Mul', [difference, difference]);
  const loss = { name: graph.node('ReduceMean', [squares], { keepdims: 0 }), rank: 0 };
  return tape.record(loss, (dy) => {
    const count = graph.node('Cast', [graph.node('Size', [difference])], { to: 1 });
    const step = graph.node('Div', [graph.scalar(2), count]);
    tape.contribute(x, graph.node('Mul', [graph.node('Mul', [difference, step]), dy]));
  });
}

function sumLeadingAxes(tape: Tape, value: string, axes: number): string {
  if (axes === 0) return value;
  return tape.graph.node('ReduceSum', [value, tape.graph.integers([...Array(axes).keys()])], {
    keepdims: 0,
  });
}

function asMatrix(tape: Tape, value: string): string {
  const width = tape.graph.node('Slice', [
    tape.graph.node('Shape', [value]),
    tape.graph.integers([-1]),
    tape.graph.integers([9]),
  ]);
  const shape = tape.graph.node('Concat', [tape.graph.integers([-1]), width], { axis: 0 });
  return tape.graph.node('Reshape', [value, shape]);
}

function transpose2d(tape: Tape, value: string): string {
  return tape.graph.node('Transpose', [value], { perm: [1, 0] });
}

function swapLastAxes(tape: Tape, value: Value): string {
  const order = [...Array(value.rank).keys()];
  order.push(...order.splice(-2).reverse());
  return tape.graph.node('Transpose', [value.name], { perm: order });
}
