import { loadPlanSchema, type LoadPlan } from '#load/plan.ts';
import { readLevels, readTimes, writeArrivals } from './arrivals-text.ts';
import { readMix, writeMix } from './mix-text.ts';

export const PROCESSES = {
  poisson: 'Poisson',
  gamma: 'gamma',
  constant: 'constant',
  step: 'step',
  ramp: 'ramp',
  trace: 'trace',
  'single-stream': 'MLPerf SingleStream',
  'multi-stream': 'MLPerf MultiStream',
  server: 'MLPerf Server',
  offline: 'MLPerf Offline',
} as const;

type Process = keyof typeof PROCESSES;

/** A load test as it is being written: what a field holds, null or empty where it was left out. */
export interface LoadForm {
  url: string;
  method: LoadPlan['request']['method'];
  process: Process;
  rate: number | null;
  burstiness: number | null;
  /** `0:10, 30:50`: from second 0 on 10/s, from second 30 on 50/s. */
  levels: string;
  from: number | null;
  to: number | null;
  /** Seconds, separated by spaces, commas or lines. */
  times: string;
  samples: number | null;
  durationSeconds: number | null;
  seed: number | null;
  warmup: 'none' | 'tenth' | 'steady';
  timeoutSeconds: number | null;
  maxInFlight: number | null;
  stream: '' | 'sse' | 'ndjson';
  /** `gold:3, free:1`: of four requests three carry the name gold. */
  tenants: string;
  /** So many keys, drawn by Zipf's law with this exponent; null sends none. */
  keys: number | null;
  zipf: number | null;
  latencyMs: number | null;
  ttftMs: number | null;
  tpotMs: number | null;
  /** Percent of the requests that must be good. */
  goodPercent: number | null;
}

/** The form that shows this plan. */
export function toForm(plan: LoadPlan): LoadForm {
  const { request, maxInFlight = null } = plan;
  return {
    url: request.url,
    method: request.method,
    ...writeArrivals(plan.arrivals),
    durationSeconds: plan.durationSeconds,
    seed: plan.seed,
    warmup: plan.warmupRule ?? 'none',
    timeoutSeconds: plan.timeoutSeconds,
    maxInFlight,
    stream: request.stream ?? '',
    ...writeMix(plan.mix),
    ...writeSlo(plan),
  };
}

/** The plan that the form asks for, or what is wrong with it, one sentence each. Classes have bodies of their own. */
export function toPlan(
  form: LoadForm,
  bodies: readonly string[],
  classes?: NonNullable<LoadPlan['mix']>['classes'],
): { readonly plan: LoadPlan } | { readonly complaints: readonly string[] } {
  const parsed = loadPlanSchema.safeParse({
    arrivals: readArrivals(form),
    durationSeconds: form.durationSeconds,
    timeoutSeconds: form.timeoutSeconds ?? undefined,
    maxInFlight: form.maxInFlight ?? undefined,
    warmupRule: form.warmup === 'none' ? undefined : form.warmup,
    seed: form.seed,
    stopWhenUnreachable: true,
    slo: readSlo(form),
    request: readRequest(form, classes ? [] : bodies),
    mix: readMix(form, classes),
  });
  if (parsed.success) return { plan: withoutGaps(parsed.data) };
  return { complaints: parsed.error.issues.map(describeIssue) };
}

function readArrivals(form: LoadForm): unknown {
  const { process, rate, burstiness, from, to, samples } = form;
  switch (process) {
    case 'gamma':
      return { process, rate, burstiness };
    case 'step':
      return { process, levels: readLevels(form.levels) };
    case 'ramp':
      return { process, from, to };
    case 'trace':
      return { process, atSeconds: readTimes(form.times) };
    case 'single-stream':
      return { process };
    case 'multi-stream':
    case 'offline':
      return { process, samples };
    default:
      return { process, rate };
  }
}

function readRequest(
  { method, url, stream }: LoadForm,
  bodies: readonly string[],
): Record<string, unknown> {
  const isGet = method === 'GET';
  return {
    method,
    url,
    headers: isGet ? {} : { 'content-type': 'application/json' },
    bodies: isGet ? [] : [...bodies],
    ...(stream === '' ? {} : { stream }),
  };
}

function readSlo({ latencyMs, ttftMs, tpotMs, goodPercent }: LoadForm): unknown {
  const bounds = Object.entries({ latencyMs, ttftMs, tpotMs }).filter(([, ms]) => ms !== null);
  if (bounds.length === 0) return undefined;
  return { ...Object.fromEntries(bounds), share: (goodPercent ?? 99) / 100 };
}

function writeSlo({
  slo,
}: LoadPlan): Pick<LoadForm, 'latencyMs' | 'ttftMs' | 'tpotMs' | 'goodPercent'> {
  const { latencyMs = null, ttftMs = null, tpotMs = null, share = 0.99 } = slo ?? {};
  return { latencyMs, ttftMs, tpotMs, goodPercent: share * 100 };
}

/** A field that was left out is not there, rather than undefined. */
function withoutGaps(plan: LoadPlan): LoadPlan {
  const entries = Object.entries(plan).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as LoadPlan;
}

function describeIssue({
  path,
  message,
}: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}): string {
  const place = path.map(String).join('.');
  return place === '' ? message : `${place}: ${message}`;
}
