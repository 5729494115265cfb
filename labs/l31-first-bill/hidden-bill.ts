import type { Rates, Workload } from './start/estimate.ts';
import type { PriceRow, Unit } from './start/price.ts';

/** A workload of this attempt and what it really costs. */
export interface HiddenBill {
  readonly workload: Workload;
  readonly perMillionPrompt: number;
  readonly perMillionOutput: number;
  /** The bill of a month in which the demand is so many times the plan. */
  readonly month: (demand: number) => number;
}

/** Prices of this attempt, as a procurement system keeps them. */
export interface HiddenPrices {
  readonly rows: readonly PriceRow[];
  readonly machinePerHour: number;
  readonly logsPerGb: number;
  readonly speed: number;
}

const HOURS = 730;
type Range = readonly [number, number];
type Kind = Readonly<Record<'peak' | 'prompt' | 'output' | 'utilisation', Range>>;

/** Peak over mean, tokens of a request, and the usable share of a replica: from, to. */
const KINDS: Readonly<Record<string, Kind>> = {
  chat: { peak: [2, 3], prompt: [40, 90], output: [60, 120], utilisation: [0.55, 0.7] },
  batch: { peak: [1.05, 1.15], prompt: [120, 200], output: [15, 40], utilisation: [0.85, 0.92] },
  spiky: { peak: [8, 12], prompt: [30, 60], output: [40, 80], utilisation: [0.45, 0.55] },
};

/** Other prices for the SKUs of the lab, in other units, on the same days. */
export function drawPrices(random: () => number): HiddenPrices {
  // Well away from the prices of the lab's own table, which somebody may have typed into a formula.
  const machinePerHour = between(random, 3.5, 9);
  const logsPerGb = between(random, 0.2, 1.2);
  const speed = Math.round(between(random, 5, 25));
  const machineUnit = pick(random, ['second', 'hour', 'month'] as const);
  const logUnit = pick(random, ['GB', 'TB'] as const);
  const holds = { retrieved_on: '2026-11-02', expires_on: '2027-01-31' };
  const over = { retrieved_on: '2026-08-01', expires_on: '2026-10-31' };
  const common = { currency: 'XTS', source: "the grader's table" };
  const machine = { ...common, what: 'a machine', unit: machineUnit as Unit, speed };
  return {
    machinePerHour,
    logsPerGb,
    speed,
    rows: [
      { ...machine, ...holds, sku: 'example-gpu-a', price: machinePerHour * HOURS_OF[machineUnit] },
      {
        ...machine,
        ...over,
        sku: 'example-gpu-a-autumn',
        price: 0.7 * machinePerHour * HOURS_OF[machineUnit],
      },
      {
        ...common,
        ...holds,
        sku: 'example-logs',
        what: 'logs',
        unit: logUnit,
        price: logsPerGb * (logUnit === 'TB' ? 1000 : 1),
      },
    ],
  };
}

const HOURS_OF = { second: 1 / 3600, hour: 1, month: HOURS } as const;

/**
 * Workloads of the three kinds with what they cost. Their size follows from the rates that were
 * measured, so that each needs some 12 to 22 replicas on whatever machine this is.
 */
export function drawBills(
  random: () => number,
  measured: Rates,
  prices: HiddenPrices,
): readonly HiddenBill[] {
  return Object.entries(KINDS).map(([name, kind]) => {
    const shape = {
      name,
      prompt_tokens: Math.round(between(random, ...kind.prompt)),
      output_tokens: Math.round(between(random, ...kind.output)),
      utilisation: between(random, ...kind.utilisation),
      spare: Math.round(between(random, 2, 4)),
      uncertainty: between(random, 0.15, 0.4),
    };
    const busy = secondsOf(shape, measured, prices.speed);
    const requests_peak =
      (between(random, 12, 22) * shape.utilisation) / (busy.reading + busy.writing);
    const requests_mean = requests_peak / between(random, ...kind.peak);
    const machines = fleetOf({ ...shape, requests_peak }, busy, 1) * prices.machinePerHour * HOURS;
    const gbPerKb = (requests_mean * 3600 * HOURS) / 1e6;
    const log_kb = (between(random, 0.18, 0.3) * machines) / (gbPerKb * prices.logsPerGb);
    return billOf({ ...shape, requests_peak, requests_mean, log_kb }, busy, prices);
  });
}

interface Busy {
  readonly reading: number;
  readonly writing: number;
}

function secondsOf(
  { prompt_tokens, output_tokens }: Pick<Workload, 'prompt_tokens' | 'output_tokens'>,
  measured: Rates,
  speed: number,
): Busy {
  return {
    reading: prompt_tokens / (measured.prompt * speed),
    writing: output_tokens / (measured.output * speed),
  };
}

function fleetOf(
  workload: Pick<Workload, 'requests_peak' | 'utilisation' | 'spare'>,
  { reading, writing }: Busy,
  demand: number,
): number {
  const busyReplicas = workload.requests_peak * demand * (reading + writing);
  return Math.ceil(busyReplicas / workload.utilisation) + workload.spare;
}

function billOf(workload: Workload, busy: Busy, prices: HiddenPrices): HiddenBill {
  const { requests_mean, prompt_tokens, output_tokens, log_kb } = workload;
  const seconds = HOURS * 3600;
  const machinesAt = (demand: number): number =>
    fleetOf(workload, busy, demand) * HOURS * prices.machinePerHour;
  const perMillion = (share: number, tokens: number): number =>
    (machinesAt(1) * share) / ((requests_mean * seconds * tokens) / 1e6);
  const whole = busy.reading + busy.writing;
  return {
    workload,
    perMillionPrompt: perMillion(busy.reading / whole, prompt_tokens),
    perMillionOutput: perMillion(busy.writing / whole, output_tokens),
    month: (demand) => {
      const gigabytes = (requests_mean * demand * seconds * log_kb) / 1e6;
      return machinesAt(demand) + gigabytes * prices.logsPerGb;
    },
  };
}

/** Demands of `count` months over the plan: lognormal with median 1. */
export function drawDemands(random: () => number, sigma: number, count: number): number[] {
  return Array.from({ length: count }, () => {
    const length = Math.sqrt(-2 * Math.log1p(-random()));
    return Math.exp(sigma * length * Math.cos(2 * Math.PI * random()));
  });
}

function between(random: () => number, from: number, to: number): number {
  return from + random() * (to - from);
}

function pick<T>(random: () => number, of: readonly T[]): T {
  return of[Math.floor(random() * of.length)] as T;
}
