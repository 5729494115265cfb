import { evaluate, FormulaError, type Values } from './formula.ts';
import type { NodeKind } from './nodes.ts';

/** sizing.yaml. */
export interface Sizing {
  readonly formulas: Readonly<Record<string, string>>;
}

/** A model as its vendor describes it, and what was promised to its callers. */
export interface VendorSheet {
  readonly name: string;
  readonly parameters: number;
  /** Bits of a weight; and of the scale that each group of weights has, where they are quantised. */
  readonly weights: {
    readonly bits: number;
    readonly scale_bits: number;
    readonly group_size: number;
  };
  /** From config.json. */
  readonly config: {
    readonly num_hidden_layers: number;
    readonly hidden_size: number;
    readonly num_attention_heads: number;
    readonly num_key_value_heads: number;
    readonly head_dim: number;
    readonly max_position_embeddings: number;
  };
  readonly kv_bits: number;
  readonly asked: {
    readonly concurrency: number;
    readonly prompt_tokens: number;
    readonly output_tokens: number;
  };
}

/** What the formulas make of a model: bytes, and the cheapest node that is large enough. */
export interface Sized {
  readonly weights: number;
  readonly kv: number;
  /** null where none is. */
  readonly node: string | null;
}

export interface BadFormula {
  readonly name: string;
  readonly message: string;
  readonly repair: string;
}

/** Works the formulas out for a model; throws `SizingError` when one has no value. */
export function size({ formulas }: Sizing, sheet: VendorSheet, nodes: readonly NodeKind[]): Sized {
  const each = nodes.map((node) => ({ node, values: work(formulas, namesOf(sheet, node)) }));
  const fitting = each.find(
    ({ values }) => (values['weights'] ?? NaN) + (values['kv'] ?? NaN) <= (values['usable'] ?? NaN),
  );
  const values = each[0]?.values ?? {};
  return {
    weights: values['weights'] ?? NaN,
    kv: values['kv'] ?? NaN,
    node: fitting?.node.name ?? null,
  };
}

/** What is wrong with the formulas, whatever the model: the first one, or null. */
export function findBadFormula(formulas: Sizing['formulas']): BadFormula | null {
  const missing = ['weights', 'kv', 'usable'].find((name) => !(name in formulas));
  if (missing)
    return { name: missing, message: `The formula ${missing} is missing.`, repair: 'Write it.' };
  try {
    work(formulas, namesOf(EXAMPLE, { name: 'example', memory: 24, unit: 'GB' }));
    return null;
  } catch (error) {
    if (error instanceof SizingError) return error.problem;
    throw error;
  }
}

const EXAMPLE: VendorSheet = {
  name: 'example',
  parameters: 1e9,
  weights: { bits: 4, scale_bits: 16, group_size: 64 },
  config: {
    num_hidden_layers: 16,
    hidden_size: 2048,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    head_dim: 64,
    max_position_embeddings: 8192,
  },
  kv_bits: 16,
  asked: { concurrency: 8, prompt_tokens: 1000, output_tokens: 200 },
};

/** The names that a formula may use, each with its value. */
function namesOf(
  { parameters, weights, config, kv_bits, asked }: VendorSheet,
  node: NodeKind,
): Values {
  return {
    parameters,
    weight_bits: weights.bits,
    scale_bits: weights.scale_bits,
    group_size: weights.group_size,
    layers: config.num_hidden_layers,
    hidden: config.hidden_size,
    heads: config.num_attention_heads,
    kv_heads: config.num_key_value_heads,
    head_size: config.head_dim,
    context_window: config.max_position_embeddings,
    kv_bits,
    concurrency: asked.concurrency,
    prompt_tokens: asked.prompt_tokens,
    output_tokens: asked.output_tokens,
    memory: node.memory,
    unit_bytes: node.unit === 'GB' ? 1e9 : 2 ** 30,
  };
}

/** A formula that has no value, with its name and the repair. */
export class SizingError extends Error {
  readonly problem: BadFormula;

  constructor(name: string, text: string) {
    super(`${name}: ${text}`);
    const [message = text, repair = 'Mend the formula.'] = text.split(/(?<=\.) /);
    this.problem = { name, message, repair };
  }
}

/** Every formula in its order; each may use those above it. */
function work(formulas: Readonly<Record<string, string>>, given: Values): Values {
  const values: Record<string, number> = { ...given };
  for (const [name, formula] of Object.entries(formulas)) {
    if (Object.hasOwn(given, name))
      throw new SizingError(name, `"${name}" is given already. Choose another name.`);
    try {
      values[name] = evaluate(String(formula), values);
    } catch (error) {
      if (error instanceof FormulaError) throw new SizingError(name, error.message);
      throw error;
    }
  }
  return values;
}
