import type { OnnxGraph } from './onnx-graph.ts';

/**
 * Reverse-mode automatic differentiation that computes nothing itself: it writes the operations of the forward
 * pass into an ONNX graph, remembers for each how a change of its output changes its inputs, and then walks that
 * memory backwards, writing the operations that compute the gradients into the same graph.
 */

/** A tensor somewhere in the graph. */
export interface Value {
  readonly name: string;
  /** Number of axes. */
  readonly rank: number;
}

/** The forward pass so far, and how to go back. */
export interface Tape {
  readonly graph: OnnxGraph;
  /** Notes that `output` was made, and how its gradient (a name in the graph) is passed on to its inputs. */
  record(output: Value, passOn: (gradient: string) => void): Value;
  /** Adds one contribution to the gradient of `value`: a value that is used twice receives twice. */
  contribute(value: Value, gradient: string): void;
  /** Writes the backward pass that starts at `loss`, a scalar. */
  backward(loss: Value): void;
  /** The name of the gradient of `value`; throws when the loss does not depend on it. */
  gradientOf(value: Value): string;
}

/** An empty tape that writes into `graph`. */
export function createTape(graph: OnnxGraph): Tape {
  const steps: { output: Value; passOn: (gradient: string) => void }[] = [];
  const gradients = new Map<string, string>();
  const tape: Tape = {
    graph,
    record(output, passOn) {
      steps.push({ output, passOn });
      return output;
    },
    contribute(value, gradient) {
      const before = gradients.get(value.name);
      gradients.set(value.name, before ? graph.node('Add', [before, gradient]) : gradient);
    },
    backward(loss) {
      gradients.set(loss.name, graph.scalar(1));
      for (const { output, passOn } of steps.reverse()) {
        const gradient = gradients.get(output.name);
        if (gradient) passOn(gradient);
      }
    },
    gradientOf(value) {
      const gradient = gradients.get(value.name);
      if (!gradient)
        throw new Error(`The loss does not depend on ${value.name}, so it has no gradient.`);
      return gradient;
    },
  };
  return tape;
}
