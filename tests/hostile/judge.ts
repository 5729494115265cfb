import { transform } from 'esbuild';
import type { Finding, Trial } from './harness/try-sample.ts';
import type { Sample } from './sample.ts';

type Expectation = Sample['expect'];
type Of<T extends Expectation['outcome']> = Extract<Expectation, { outcome: T }>;

/** The page must answer within this at any time. */
export const LAG_MS = 100;

/** What a browser needs to try a sample. */
export async function prepareTrial(
  sample: Sample,
  as: Trial['as'],
  env: Trial['env'],
): Promise<Trial> {
  const { name, source, expect: wanted } = sample;
  const { code: script } = await transform(source, { loader: 'ts', format: 'esm' });
  const awaitExitMs = wanted.outcome === 'killed' ? 6 * wanted.withinMs + 3000 : 0;
  const awaitLog = ('log' in wanted && wanted.log) || null;
  const unique = `${name}-${as}-${crypto.randomUUID().slice(0, 4)}`;
  return { name: unique, as, source, script, env, awaitExitMs, awaitLog };
}

/** What is wrong with a finding, a sentence each; the page's lag is judged apart, see `LAG_MS`. */
export function judge(wanted: Expectation, finding: Finding): string[] {
  const faults = [...judgeOutcome(wanted, finding)];
  if ('log' in wanted && wanted.log !== undefined && !finding.isLogged)
    faults.push(`The log does not hold "${wanted.log}".`);
  if (finding.bystander.failed > 0)
    faults.push(`Another pod failed ${finding.bystander.failed} requests meanwhile.`);
  if (finding.isPolluted) faults.push('A prototype outside was changed.');
  return faults;
}

function judgeOutcome(wanted: Expectation, finding: Finding): string[] {
  switch (wanted.outcome) {
    case 'blocked':
      return textOf(finding).includes('"reached":false') ? [] : [`Not blocked: ${show(finding)}`];
    case 'refused':
      return finding.problems?.join(' ').includes(wanted.contains)
        ? []
        : [`Not refused: ${show(finding)}`];
    case 'not-started':
      return judgeEnd(wanted, finding.notStarted, finding);
    case 'killed':
      return judgeEnd(wanted, finding.exit, finding);
    case 'answered':
      return judgeAnswer(wanted, finding);
    case 'failed':
      return judgeFailure(wanted, finding);
  }
}

function judgeEnd(
  { reasons, withinMs }: Of<'killed'> | Of<'not-started'>,
  end: Finding['exit'],
  finding: Finding,
): string[] {
  if (!end || !reasons.includes(end.reason))
    return [`Not ended as ${reasons.join(' or ')}: ${show(finding)}`];
  return end.afterMs <= withinMs
    ? []
    : [`Ended after ${Math.round(end.afterMs)} ms; the bar is ${withinMs} ms.`];
}

function judgeAnswer({ status, text }: Of<'answered'>, finding: Finding): string[] {
  const { answer } = finding;
  const isRight = answer && 'status' in answer && answer.status === status;
  return isRight && textOf(finding).includes(text) ? [] : [`Not answered so: ${show(finding)}`];
}

function judgeFailure({ failure }: Of<'failed'>, finding: Finding): string[] {
  const { answer } = finding;
  const isRight = answer && 'failure' in answer && answer.failure === failure;
  return isRight ? [] : [`Not failed as ${failure}: ${show(finding)}`];
}

function textOf({ answer }: Finding): string {
  return answer && 'text' in answer ? answer.text : '';
}

function show(finding: Finding): string {
  return JSON.stringify(finding).slice(0, 600);
}
