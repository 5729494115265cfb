import { formatProblem } from '#platform/problem.ts';
import type { FinishedLabReport, FinishedLabRun } from '#labs/run-scenario.ts';
import { parseSimulate } from '../shell/simulate-arguments.ts';
import { describeError } from '../state/describe-error.ts';
import type { Workbench } from '../state/workbench.svelte.ts';
import { formatSimulation, formatTimeline } from './format-simulation.ts';
import type { Output } from './run-call.ts';
import type { ShellCall } from './shell-client.ts';

/** The lab's public scenario in virtual time, with the files as the shell has them. */
export async function runSimulate(
  bench: Workbench,
  call: ShellCall,
  output: Output,
  signal: AbortSignal,
): Promise<{ stderr: string; exitCode: number }> {
  const asked = parseSimulate(call.args);
  if (typeof asked === 'string') return { stderr: asked, exitCode: 2 };
  const { lab, services } = bench;
  const stop = AbortSignal.any([signal, bench.signal]);
  try {
    const runs = await services.simulate(lab, filesOf(bench, call), { ...asked, signal: stop });
    if ('problems' in runs) return complain(runs.problems.map(formatProblem));
    if ('names' in runs) return complain([whyNone(asked.only, runs.names)]);
    for (const finished of runs.finished) {
      if ('text' in finished) {
        output.write(`${finished.run.name}: ${finished.run.about}\n${finished.text}`);
        continue;
      }
      output.write(formatSimulation(finished));
      if (asked.timeline) output.write(formatTimeline(finished));
    }
    return { stderr: '', exitCode: runs.finished.every(isWhole) ? 0 : 1 };
  } catch (error) {
    if (stop.aborted) return { stderr: '', exitCode: 130 };
    return complain([describeError(error)]);
  }
}

/** Edits made by the line that is running are in the shell only. */
function filesOf({ files }: Workbench, { files: shown }: ShellCall): Record<string, string> {
  const current = files.snapshot();
  const edited = Object.entries(shown).filter(([path]) => path in current);
  return { ...current, ...Object.fromEntries(edited) };
}

function isWhole(finished: FinishedLabRun | FinishedLabReport): boolean {
  return 'text' in finished || finished.report.stoppedBy === null;
}

function whyNone(only: string | null, names: readonly string[]): string {
  if (names.length === 0) return 'this lab has no scenario to simulate. Use load and Check.';
  return `there is no run "${only}". There are: ${names.join(', ')}.`;
}

function complain(lines: readonly string[]): { stderr: string; exitCode: number } {
  return { stderr: lines.map((line) => `simulate: ${line}\n`).join(''), exitCode: 1 };
}
