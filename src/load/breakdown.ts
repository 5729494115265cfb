import { createHistogram } from './histogram.ts';
import type { LoadPlan } from './plan.ts';
import type { ColdStart, ErrorRow, GroupSummary, Outcome, RequestResult } from './report.ts';

/** Failures by kind, most frequent first. */
export function listErrors(results: readonly RequestResult[]): readonly ErrorRow[] {
  const kinds = new Map<string, RequestResult[]>();
  for (const result of results) {
    const { outcome, status, isFromGateway } = result;
    if (outcome === 'ok' || outcome === 'cancelled') continue;
    const kind = `${outcome}/${status}/${isFromGateway}`;
    const known = kinds.get(kind);
    if (known) known.push(result);
    else kinds.set(kind, [result]);
  }
  return [...kinds.values()].map(toErrorRow).toSorted((a, b) => b.count - a.count);
}

function toErrorRow(failures: readonly RequestResult[]): ErrorRow {
  const inOrder = failures.toSorted((a, b) => a.endedAt - b.endedAt);
  const [first] = inOrder;
  if (!first) throw new Error('A kind of failure has at least one.');
  const { outcome, status, isFromGateway, reason, endedAt } = first;
  return {
    outcome,
    status,
    isFromGateway,
    count: failures.length,
    firstAt: endedAt,
    lastAt: inOrder.at(-1)?.endedAt ?? endedAt,
    example: reason,
  };
}

/** One summary per pod that answered. */
export function groupByPod(results: readonly RequestResult[]): readonly GroupSummary[] {
  return group(results, ({ pod }) => pod).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** One summary per class of the mix, in its order. */
export function groupByClass({ mix }: LoadPlan, results: readonly RequestResult[]) {
  const names = (mix?.classes ?? []).flatMap(({ name, bodies }) => bodies.map(() => name));
  return group(results, ({ body }) => (body === null ? null : (names[body] ?? null)));
}

/** One summary per tenant of the mix. */
export function groupByTenant({ mix }: LoadPlan, results: readonly RequestResult[]) {
  const tenants = mix?.tenants?.of ?? [];
  return group(results, ({ tenant }) => (tenant === null ? null : (tenants[tenant]?.name ?? null)));
}

/** How often each outcome occurred, all of them named. */
export function countOutcomes(results: readonly RequestResult[]): Record<Outcome, number> {
  const none: Record<Outcome, number> = {
    ok: 0,
    'http-error': 0,
    timeout: 0,
    reset: 0,
    refused: 0,
    'unknown-host': 0,
    cancelled: 0,
  };
  return { ...none, ...countBy(results, (result) => result.outcome) };
}

/** Counts by a name; what has none is left out. */
export function countBy(
  results: readonly RequestResult[],
  nameOf: (result: RequestResult) => string | null,
): Record<string, number> {
  const counts = new Map<string, number>();
  for (const result of results) {
    const name = nameOf(result);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

/** First good answers of the whole run, in the order in which they came. */
export function findColdStart(results: readonly RequestResult[]): ColdStart {
  const inOrder = results
    .filter(({ outcome }) => outcome === 'ok')
    .toSorted((a, b) => a.endedAt - b.endedAt);
  const latencies = new Map<string, number>();
  for (const { pod, endedAt, scheduledAt } of inOrder) {
    if (pod !== null && !latencies.has(pod)) latencies.set(pod, endedAt - scheduledAt);
  }
  return {
    firstAnswerAt: inOrder[0]?.endedAt ?? null,
    pods: [...latencies].map(([pod, latency]) => ({ pod, latency })),
  };
}

function group(
  results: readonly RequestResult[],
  nameOf: (result: RequestResult) => string | null,
): readonly GroupSummary[] {
  const groups = new Map<string, RequestResult[]>();
  let total = 0;
  for (const result of results) {
    const name = result.outcome === 'cancelled' ? null : nameOf(result);
    if (name === null) continue;
    total += 1;
    const known = groups.get(name);
    if (known) known.push(result);
    else groups.set(name, [result]);
  }
  return [...groups].map(([name, members]) => summariseGroup(name, members, total));
}

function summariseGroup(
  name: string,
  members: readonly RequestResult[],
  total: number,
): GroupSummary {
  const latency = recordLatencies(members);
  return {
    name,
    count: members.length,
    share: members.length / total,
    failed: latency.failed,
    p50: latency.percentile(50),
    p95: latency.percentile(95),
    p99: latency.percentile(99),
    histogram: latency.toCounts(),
  };
}

/** Latencies of some results from their scheduled times; cancelled ones are left out, failures are infinite. */
export function recordLatencies(results: readonly RequestResult[]) {
  const histogram = createHistogram();
  for (const result of results) {
    if (result.outcome === 'ok') histogram.record(result.endedAt - result.scheduledAt);
    else if (result.outcome !== 'cancelled') histogram.recordFailure();
  }
  return histogram;
}
