import { identityOf } from '../control-plane/identity.ts';
import type { Deployment } from '../control-plane/resources.ts';
import { KubectlError, type KubectlContext, type Output } from './context.ts';
import type { ParsedArgs } from './parse-args.ts';
import type { ResourceType } from './resource-types.ts';

const POLL_MS = 25;
/** This terminal shows nothing until a command ends, so it does not wait as long as kubectl would. */
const DEFAULT_TIMEOUT_MS = 60_000;

/** Follows a rollout to its end and prints each step once. */
export async function rolloutStatus(
  deployment: Deployment,
  _type: ResourceType,
  args: ParsedArgs,
  { controlPlane }: KubectlContext,
): Promise<Output> {
  const { name, namespace } = identityOf(deployment);
  const deadline = performance.now() + timeoutMs(args);
  const lines: string[] = [];
  for (;;) {
    const { text, isDone } = describeRollout(await controlPlane.get('Deployment', name, namespace));
    if (lines.at(-1) !== text) lines.push(text);
    if (isDone || args.flags.get('watch') === 'false')
      return { stdout: lines.map((line) => `${line}\n`).join('') };
    if (performance.now() > deadline)
      throw new KubectlError([...lines, 'error: timed out waiting for the condition'].join('\n'));
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Where a rollout stands, in kubectl's words. Throws `KubectlError` when it has failed. */
function describeRollout(deployment: Deployment): Step {
  const { name } = identityOf(deployment);
  const { status = {} } = deployment;
  if (!isObserved(deployment)) {
    return { text: 'Waiting for deployment spec update to be observed...', isDone: false };
  }
  const progress = status.conditions?.find(({ type }) => type === 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') {
    throw new KubectlError(`error: deployment "${name}" exceeded its progress deadline`);
  }
  const missing = whatIsMissing(deployment.spec?.replicas ?? 1, status);
  return missing === null
    ? { text: `deployment "${name}" successfully rolled out`, isDone: true }
    : { text: `Waiting for deployment "${name}" rollout to finish: ${missing}...`, isDone: false };
}

function isObserved({ metadata, status }: Deployment): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
}

interface Step {
  readonly text: string;
  readonly isDone: boolean;
}

function whatIsMissing(wanted: number, status: NonNullable<Deployment['status']>): string | null {
  const { updatedReplicas: updated = 0, replicas = 0, availableReplicas: available = 0 } = status;
  if (updated < wanted) return `${updated} out of ${wanted} new replicas have been updated`;
  if (replicas > updated) return `${replicas - updated} old replicas are pending termination`;
  if (available < updated) return `${available} of ${updated} updated replicas are available`;
  return null;
}

function timeoutMs({ flags }: ParsedArgs): number {
  const text = flags.get('timeout');
  if (text === undefined) return DEFAULT_TIMEOUT_MS;
  const match = /^(\d+)(ms|s|m)?$/.exec(text);
  if (!match)
    throw new KubectlError(
      `error: invalid argument "${text}" for "--timeout" flag: write 30s, for example`,
    );
  const unit = match[2] === 'm' ? 60_000 : match[2] === 'ms' ? 1 : 1000;
  return Number(match[1]) * unit;
}
