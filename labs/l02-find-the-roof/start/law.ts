import { evaluate, FormulaError, type Values } from './formula.ts';
import type { Point } from './sweep.ts';

/** answer.yaml. */
export interface Answer {
  readonly formulas: Readonly<Record<string, string>>;
}

/** An accelerator and a model on paper, and a batch. */
export interface Sheet {
  /** Operations a second, at most. */
  readonly flops: number;
  /** Bytes a second from memory, at most. */
  readonly bandwidth: number;
  readonly parameters: number;
  readonly weight_bytes: number;
  /** Keys and values of one sequence. */
  readonly kv_bytes: number;
  readonly batch: number;
}

/** What the formulas say. */
export interface Said {
  readonly step: number;
  readonly knee: number;
  readonly paper_step: number;
  readonly paper_knee: number;
}

export interface BadFormula {
  readonly name: string;
  readonly message: string;
  readonly repair: string;
}

const WANTED = ['step', 'knee', 'paper_step', 'paper_knee'] as const;
const EXAMPLE: Sheet = {
  flops: 1e14,
  bandwidth: 1e12,
  parameters: 1e9,
  weight_bytes: 2,
  kv_bytes: 1e8,
  batch: 8,
};

/** Works the formulas out: for a sweep and a batch, and for a sheet. Throws `LawError` when one has no value. */
export function work(
  { formulas }: Answer,
  points: readonly Pick<Point, 'batch' | 'ms'>[],
  batch: number,
  sheet: Sheet = EXAMPLE,
): Said {
  const measured = valuesOf(formulas, { ...namesOf(points), ...sheet, batch });
  const paper = valuesOf(formulas, { ...namesOf(points), ...sheet });
  const [step, knee] = [measured['step'] ?? NaN, measured['knee'] ?? NaN];
  return {
    step,
    knee,
    paper_step: paper['paper_step'] ?? NaN,
    paper_knee: paper['paper_knee'] ?? NaN,
  };
}

/** What is wrong with the formulas, whatever is measured: the first one, or null. */
export function findBadFormula(answer: Answer, batches: readonly number[]): BadFormula | null {
  const missing = WANTED.find((name) => !(name in answer.formulas));
  if (missing)
    return { name: missing, message: `The formula ${missing} is missing.`, repair: 'Write it.' };
  try {
    // A step that grows with the batch, so that no difference is 0.
    work(
      answer,
      batches.map((batch) => ({ batch, ms: 1 + batch })),
      3,
    );
    return null;
  } catch (error) {
    if (error instanceof LawError) return error.problem;
    throw error;
  }
}

/** A formula that has no value, with its name and the repair. */
export class LawError extends Error {
  readonly problem: BadFormula;

  constructor(name: string, text: string) {
    super(`${name}: ${text}`);
    const [message = text, repair = 'Mend the formula.'] = text.split(/(?<=\.) /);
    this.problem = { name, message, repair };
  }
}

/** `t1`, `t2` and so on: what the sweep found for each batch, milliseconds. */
function namesOf(points: readonly Pick<Point, 'batch' | 'ms'>[]): Values {
  return Object.fromEntries(points.map(({ batch, ms }) => [`t${batch}`, ms]));
}

/** Every formula in its order; each may use those above it. */
function valuesOf(formulas: Answer['formulas'], given: Values): Values {
  const values: Record<string, number> = { ...given };
  for (const [name, formula] of Object.entries(formulas)) {
    if (Object.hasOwn(given, name))
      throw new LawError(name, `"${name}" is given already. Choose another name.`);
    try {
      values[name] = evaluate(formula, values);
    } catch (error) {
      if (error instanceof FormulaError) throw new LawError(name, error.message);
      throw error;
    }
  }
  return values;
}
