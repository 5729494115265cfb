import { timePerToken } from './streaming.ts';
import { bodiesOf, type LoadPlan } from './plan.ts';
import type { LoadReport, LoadRun, RequestResult } from './report.ts';

const COLUMNS = [
  'scheduled_ms',
  'sent_ms',
  'ended_ms',
  'latency_ms',
  'client_queue_ms',
  'outcome',
  'status',
  'pod',
  'class',
  'tenant',
  'key',
  'body',
  'warmup',
  'ttft_ms',
  'tpot_ms',
  'tokens',
  'reason',
];

/** The report as JSON. What never got an answer is written "Infinity", which JSON has no number for. */
export function toReportJson(report: LoadReport): string {
  return `${JSON.stringify(report, (_, value: unknown) => (value === Infinity ? 'Infinity' : value), 2)}\n`;
}

/** Every request as CSV (RFC 4180), in the order of the schedule; times from the start of the run. */
export function toResultsCsv({ report, results }: LoadRun): string {
  const classes = classNames(report.plan);
  const rows = results.map((result) => toRow(result, report.plan, classes));
  return [COLUMNS, ...rows].map((row) => `${row.map(toCell).join(',')}\r\n`).join('');
}

type Cell = string | number | boolean | null;

function toRow(result: RequestResult, plan: LoadPlan, classes: readonly string[]): Cell[] {
  const { scheduledAt, sentAt, endedAt } = result;
  return [
    round(scheduledAt),
    round(sentAt),
    round(endedAt),
    round(endedAt - scheduledAt),
    round(result.queuedFor),
    result.outcome,
    result.status,
    result.pod,
    classes[result.body ?? -1] ?? null,
    plan.mix?.tenants?.of[result.tenant ?? -1]?.name ?? null,
    result.key,
    result.body,
    result.warmup,
    ...toTokenCells(result),
    result.reason,
  ];
}

function toTokenCells({ stream, scheduledAt }: RequestResult): Cell[] {
  if (!stream) return [null, null, null];
  return [round(stream.firstTokenAt - scheduledAt), round(timePerToken(stream)), stream.tokens];
}

function classNames(plan: LoadPlan): readonly string[] {
  if (!plan.mix?.classes) return bodiesOf(plan).map(() => '');
  return plan.mix.classes.flatMap(({ name, bodies }) => bodies.map(() => name));
}

/** Whole microseconds, which is as far as the schedule goes. */
function round(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds * 1000) / 1000;
}

/** A cell that a spreadsheet would take for a formula is marked as text. */
function toCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = /^[=+@-]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
