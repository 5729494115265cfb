import { formatCount, formatLatency, formatRate, formatShare } from '../panels/format.ts';
import type { FinishedLabRun } from '#labs/run-scenario.ts';

type Told = (milliseconds: number) => string;

/** More rows than this are merged out by showing every second or fifth. */
const MOST_ROWS = 60;

/** The figures of one run in lines for a terminal. */
export function formatSimulation({ run, report, log }: FinishedLabRun): string {
  const { outcomes, goodput } = report;
  const tell = teller(run.serviceMs);
  const requests = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const lines = [
    `${run.name}: ${run.about}`,
    `  requests  ${formatCount(requests, 'request')} counted in ${formatSeconds(report.virtualMs)} of virtual time, seed ${report.seed}`,
    ...(run.serviceMs === undefined ? [] : [`  S         ${formatLatency(run.serviceMs)}`]),
    `  rate      offered ${formatRate(report.offeredRate)}/s, answered ${formatRate(report.achievedRate)}/s, ${report.amplification.toFixed(2)} attempts a request`,
    ...tails(report, tell).map(([name, text]) => `  ${name.padEnd(10)}${text}`),
    ...(goodput
      ? [`  goodput   ${formatRate(goodput.perSecond)}/s, ${share(goodput.share)} good`]
      : []),
    `  outcomes  ${describeOutcomes(outcomes)}`,
    `  pods      ${describePods(report.podShare)}, ${formatCount(Math.round(report.podSeconds), 'pod-second')}`,
    ...report.scaling.map(
      ({ at, from, to, reason }) =>
        `  scaled    at ${formatSeconds(at)} from ${from} to ${to}: ${reason}`,
    ),
    ...(report.stoppedBy === null ? [] : [`  stopped   ${report.stoppedBy}`]),
    ...log.slice(0, 20).map((line) => `  printed   ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** One row for each second or more of virtual time. */
export function formatTimeline({ run, report }: FinishedLabRun): string {
  const tell = teller(run.serviceMs);
  const step = Math.max(1, Math.ceil(report.samples.length / MOST_ROWS));
  const rows = report.samples
    .filter((_, index) => (index + 1) % step === 0)
    .map(({ at, offered, sent, completed, failed, inFlight, ready, p99 }) => [
      formatSeconds(at),
      formatRate(offered),
      formatRate(sent),
      formatRate(completed),
      formatRate(failed),
      String(inFlight),
      String(ready),
      p99 === null ? '-' : tell(p99),
    ]);
  const head = ['until', 'offered', 'sent', 'answered', 'failed', 'in flight', 'pods', 'p99'];
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const print = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}`;
  return `${[head, ...rows].map(print).join('\n')}\n`;
}

function tails(
  { latency, ttft, tpot }: FinishedLabRun['report'],
  tell: Told,
): [name: string, text: string][] {
  const named = [
    ['latency', latency, tell],
    ['TTFT', ttft, formatLatency],
    ['TPOT', tpot, formatLatency],
  ] as const;
  const told = named.flatMap(([name, of, how]): [string, string][] =>
    of
      ? [[name, `p50 ${how(of.p50)}, p90 ${how(of.p90)}, p99 ${how(of.p99)}, max ${how(of.max)}`]]
      : [],
  );
  return told.length > 0 ? told : [['latency', 'no request ended']];
}

function teller(serviceMs: number | undefined): Told {
  if (serviceMs === undefined) return formatLatency;
  return (milliseconds) =>
    Number.isFinite(milliseconds) ? `${(milliseconds / serviceMs).toFixed(1)} S` : 'no answer';
}

function describeOutcomes(outcomes: FinishedLabRun['report']['outcomes']): string {
  const named = Object.entries(outcomes).filter(([name, count]) => name === 'ok' || count > 0);
  return named.map(([name, count]) => `${name} ${count.toLocaleString('en-GB')}`).join(', ');
}

function describePods(shares: Readonly<Record<string, number>>): string {
  const named = Object.entries(shares).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (named.length === 0) return 'none answered';
  return named.map(([pod, part]) => `${pod} ${formatShare(part)}`).join(', ');
}

function share(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}

function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
