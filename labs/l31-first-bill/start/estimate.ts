import { evaluate, FormulaError, type Values } from './formula.ts';
import { findPrice, type FoundPrice, type PriceRow } from './price.ts';

/** cost.yaml. */
export interface Cost {
  readonly as_of: string;
  readonly machine: string;
  readonly logs: string;
  readonly formulas: Readonly<Record<string, string>>;
}

/** What is known of a workload before it runs. */
export interface Workload {
  readonly name: string;
  /** Requests a second over the month, and in the busiest hour. */
  readonly requests_mean: number;
  readonly requests_peak: number;
  /** Per request. */
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  /** Share of a replica's capacity that may be used in the busiest hour, for the sake of the SLO. */
  readonly utilisation: number;
  /** Replicas beyond, for failures and rollouts. */
  readonly spare: number;
  readonly log_kb: number;
  /** How far the demand of a month may be from its plan: sigma of its logarithm. */
  readonly uncertainty: number;
}

/** Tokens a second of one busy replica, as measured: reading prompts, and writing. */
export interface Rates {
  readonly prompt: number;
  readonly output: number;
}

export interface Estimate {
  /** For 1,000,000 tokens, machines only. */
  readonly perMillionPrompt: number;
  readonly perMillionOutput: number;
  /** The bill of a month at each demand that was asked for, 1 being the plan. */
  readonly months: readonly number[];
  readonly currency: string;
  readonly rows: readonly PriceRow[];
}

export type Estimated =
  | { readonly ok: true; readonly estimate: Estimate }
  | {
      readonly ok: false;
      readonly field: string;
      readonly message: string;
      readonly repair: string;
    };

/** Hours of a month: 365 days over 12. */
export const HOURS = 730;

/** What the formulas of cost.yaml make of a workload, a measurement and a price table. */
export function estimate(
  cost: Cost,
  rows: readonly PriceRow[],
  workload: Workload,
  rates: Rates,
  demands: readonly number[],
): Estimated {
  const machine = findPrice(rows, cost.machine, 'hour', cost.as_of);
  const logs = findPrice(rows, cost.logs, 'GB', cost.as_of);
  if (!machine.ok) return { field: 'machine', ...machine };
  if (!logs.ok) return { field: 'logs', ...logs };
  if (machine.row.currency !== logs.row.currency) {
    const message = `${cost.machine} costs ${machine.row.currency} and ${cost.logs} costs ${logs.row.currency}, which cannot be added.`;
    return { ok: false, field: 'logs', message, repair: 'Name rows of one currency.' };
  }
  const valuesAt = (demand: number): Values => namesOf(workload, rates, machine, logs, demand);
  try {
    const planned = work(cost.formulas, valuesAt(1));
    const months = demands.map((demand) => work(cost.formulas, valuesAt(demand))['month'] ?? NaN);
    return {
      ok: true,
      estimate: {
        perMillionPrompt: planned['per_million_prompt'] ?? NaN,
        perMillionOutput: planned['per_million_output'] ?? NaN,
        months,
        currency: machine.row.currency,
        rows: [machine.row, logs.row],
      },
    };
  } catch (error) {
    if (!(error instanceof BadFormula)) throw error;
    const { name, message, repair } = error.problem;
    return { ok: false, field: `formulas.${name}`, message, repair };
  }
}

/** What is wrong with the formulas, whatever the prices: the first one, or null. */
export function findBadFormula(
  formulas: Cost['formulas'],
): { readonly name: string; readonly message: string; readonly repair: string } | null {
  const missing = ['per_million_prompt', 'per_million_output', 'month'].find(
    (name) => !(name in formulas),
  );
  if (missing)
    return { name: missing, message: `The formula ${missing} is missing.`, repair: 'Write it.' };
  try {
    work(formulas, EXAMPLE);
    return null;
  } catch (error) {
    if (error instanceof BadFormula) return error.problem;
    throw error;
  }
}

/** A name for everything that formulas are given; the values are of no importance. */
const EXAMPLE: Values = {
  machine_price: 3,
  log_price: 0.5,
  prompt_rate: 50_000,
  output_rate: 8_000,
  requests_mean: 90,
  requests_peak: 210,
  prompt_tokens: 61,
  output_tokens: 92,
  utilisation: 0.6,
  spare: 2,
  log_kb: 2.3,
  hours: HOURS,
  demand: 1,
};

/** The names that a formula may use, each with its value. */
function namesOf(
  workload: Workload,
  rates: Rates,
  machine: Extract<FoundPrice, { ok: true }>,
  logs: Extract<FoundPrice, { ok: true }>,
  demand: number,
): Values {
  const speed = machine.row.speed ?? 1;
  return {
    machine_price: machine.price,
    log_price: logs.price,
    prompt_rate: rates.prompt * speed,
    output_rate: rates.output * speed,
    requests_mean: workload.requests_mean,
    requests_peak: workload.requests_peak,
    prompt_tokens: workload.prompt_tokens,
    output_tokens: workload.output_tokens,
    utilisation: workload.utilisation,
    spare: workload.spare,
    log_kb: workload.log_kb,
    hours: HOURS,
    demand,
  };
}

class BadFormula extends Error {
  readonly problem: { readonly name: string; readonly message: string; readonly repair: string };

  constructor(name: string, text: string) {
    super(text);
    const [message = text, repair = 'Mend the formula.'] = text.split(/(?<=\.) /);
    this.problem = { name, message, repair };
  }
}

/** Every formula in its order; each may use those above it. */
function work(formulas: Readonly<Record<string, string>>, given: Values): Values {
  const values: Record<string, number> = { ...given };
  for (const [name, formula] of Object.entries(formulas)) {
    if (Object.hasOwn(given, name))
      throw new BadFormula(name, `"${name}" is given already. Choose another name.`);
    try {
      values[name] = evaluate(String(formula), values);
    } catch (error) {
      if (error instanceof FormulaError) throw new BadFormula(name, error.message);
      throw error;
    }
  }
  return values;
}
