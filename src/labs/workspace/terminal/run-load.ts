import type { LatencySummary } from '#load/latency-summary.ts';
import type { LoadReport, LoadSample } from '#load/report.ts';
import { describeCalibration, inMu } from '../load/describe-calibration.ts';
import { describePlan } from '../load/describe-plan.ts';
import { parseLoad } from '../shell/load-arguments.ts';
import { formatLatency, formatRate, formatShare } from '../panels/format.ts';
import type { Workbench } from '../state/workbench.svelte.ts';
import type { Output } from './run-call.ts';
import type { ShellCall } from './shell-client.ts';

/** A load test from the terminal; the Load panel shows the same run. */
export async function runLoad(
  bench: Workbench,
  call: ShellCall,
  output: Output,
  signal: AbortSignal,
): Promise<{ stderr: string; exitCode: number }> {
  const base = bench.load.plan();
  if ('complaints' in base) return { stderr: explainForm(base.complaints), exitCode: 2 };
  const plan = parseLoad(call.args, base.plan);
  if (typeof plan === 'string') return { stderr: plan, exitCode: 2 };
  const stop = () => bench.load.stop();
  signal.addEventListener('abort', stop);
  output.write(`${describePlan(plan)}\n`);
  const report = await bench.load.execute(plan, (sample) => {
    if (output.isLive) output.write(`\r\x1b[K${formatSample(sample)}`);
  });
  signal.removeEventListener('abort', stop);
  if (output.isLive) output.write('\r\x1b[K');
  if (!report) return { stderr: `load: ${bench.load.error ?? 'stopped'}\n`, exitCode: 1 };
  output.write(formatReport(report));
  return { stderr: '', exitCode: signal.aborted ? 130 : 0 };
}

/** One line that fits a narrow terminal. */
function formatSample(sample: LoadSample): string {
  const p99 = sample.p99 === null ? 'none' : formatLatency(sample.p99);
  const parts = [
    `${formatSecond(sample.at)}`,
    `${formatRate(sample.completed)}/s ok`,
    `${formatRate(sample.failed)}/s failed`,
    `${sample.inFlight} in flight`,
    `p99 ${p99}`,
  ];
  return parts.join('  ');
}

function explainForm(complaints: readonly string[]): string {
  return complaints.map((why) => `load: the Load panel cannot be run as it is: ${why}\n`).join('');
}

/** The summary under a finished run. */
function formatReport(report: LoadReport): string {
  const { latency, sendLag, goodput, stopped, calibration } = report;
  const shares = Object.entries(report.podShare).map(
    ([pod, share]) => `${pod} ${formatShare(share)}`,
  );
  const lines = [
    `rate      offered ${formatRate(report.offeredRate)}/s, sent ${formatRate(report.sentRate)}/s, answered ${formatRate(report.achievedRate)}/s`,
    ...(calibration
      ? [
          `replica   ${describeCalibration(calibration)}; offered ${inMu(report.offeredRate, calibration)}`,
        ]
      : []),
    `latency   ${latency ? formatPercentiles(latency) : 'no request ended'}`,
    ...formatTokens(report),
    ...(goodput
      ? [
          `goodput   ${formatRate(goodput.rate)}/s with ${goodput.slo}: ${goodput.isMet ? 'met' : 'not met'}, ${(goodput.share * 100).toFixed(1)} %`,
        ]
      : []),
    `outcomes  ${formatOutcomes(report)}`,
    ...report.errors.flatMap(({ example }) => (example ? [`          ${example}`] : [])),
    `pods      ${shares.join(', ') || 'none answered'}`,
    `send lag  ${sendLag ? `p50 ${formatLatency(sendLag.p50)}, p99 ${formatLatency(sendLag.p99)}` : 'nothing was sent'}`,
    ...(report.partial ? ['stopped early: these are the figures until then'] : []),
    ...(stopped === null ? [] : [stopped]),
    ...(report.validity.valid ? [] : [`not valid: ${report.validity.reason}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function formatOutcomes({ outcomes }: LoadReport): string {
  const failed = Object.entries(outcomes).filter(([name, count]) => name !== 'ok' && count > 0);
  return `ok ${outcomes.ok}${failed.map(([name, count]) => `, ${name} ${count}`).join('')}`;
}

function formatTokens({ streaming }: LoadReport): string[] {
  if (!streaming) return [];
  const { ttft, tpot, outputTokensPerSecond } = streaming;
  const part = (name: string, of: LatencySummary | null) =>
    of ? [`${name} p50 ${formatLatency(of.p50)}, p99 ${formatLatency(of.p99)}`] : [];
  const rate = `${formatRate(outputTokensPerSecond)} output tokens/s`;
  return [`tokens    ${[...part('TTFT', ttft), ...part('TPOT', tpot), rate].join(', ')}`];
}

function formatSecond(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`.padStart(7);
}

function formatPercentiles({ p50, p90, p99, max }: LatencySummary): string {
  const part = (name: string, value: number) => `${name} ${formatLatency(value)}`;
  return [part('p50', p50), part('p90', p90), part('p99', p99), part('max', max)].join(', ');
}
