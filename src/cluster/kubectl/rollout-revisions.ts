import { replacement } from '../control-plane/apply.ts';
import { identityOf, isOwnedBy } from '../control-plane/identity.ts';
import type { Deployment, ReplicaSet } from '../control-plane/resources.ts';
import { REVISION } from '../control-plane/revisions.ts';
import { KubectlError, type KubectlContext, type Output } from './context.ts';
import { numberFlag, type ParsedArgs } from './parse-args.ts';
import { objectName, type ResourceType } from './resource-types.ts';
import { formatCells } from './table.ts';

/** The revisions that can be rolled back to. */
export async function rolloutHistory(
  deployment: Deployment,
  type: ResourceType,
  _args: ParsedArgs,
  context: KubectlContext,
): Promise<Output> {
  const revisions = await readRevisions(deployment, context);
  const rows = revisions.map(({ revision, replicaSet }) => [
    String(revision),
    replicaSet.metadata?.annotations?.['kubernetes.io/change-cause'] ?? '<none>',
  ]);
  const table = formatCells([['REVISION', 'CHANGE-CAUSE'], ...rows]);
  return { stdout: `${objectName(type, deployment.metadata?.name ?? '')} \n${table}\n` };
}

/** Puts the pod template of an earlier revision back, the one before the current by default. */
export async function rolloutUndo(
  deployment: Deployment,
  type: ResourceType,
  args: ParsedArgs,
  context: KubectlContext,
): Promise<Output> {
  const { name, namespace } = identityOf(deployment);
  const revisions = await readRevisions(deployment, context);
  const target = findRevision(revisions, numberFlag(args, 'to-revision') ?? 0, name);
  const template = withoutHash(target.replicaSet);
  const patch = replacement(deployment.spec?.template ?? {}, template);
  if (Object.keys(patch).length === 0) {
    return {
      stdout: `${objectName(type, name)} skipped rollback (current template already matches revision ${target.revision})\n`,
    };
  }
  await context.controlPlane.patch('Deployment', name, namespace, { spec: { template: patch } });
  return { stdout: `${objectName(type, name)} rolled back\n` };
}

interface Revision {
  readonly revision: number;
  readonly replicaSet: ReplicaSet;
}

/** The revision before the current one when `wanted` is 0. */
function findRevision(revisions: readonly Revision[], wanted: number, name: string): Revision {
  const found =
    wanted === 0 ? revisions.at(-2) : revisions.find(({ revision }) => revision === wanted);
  if (found) return found;
  throw new KubectlError(
    wanted === 0
      ? `error: no rollout history found for deployment "${name}"`
      : `error: unable to find specified revision ${wanted} in history`,
  );
}

async function readRevisions(
  deployment: Deployment,
  { controlPlane }: KubectlContext,
): Promise<readonly Revision[]> {
  const all = await controlPlane.list('ReplicaSet', identityOf(deployment).namespace);
  return all
    .filter((replicaSet) => isOwnedBy(replicaSet, deployment))
    .map((replicaSet) => ({
      revision: Number(replicaSet.metadata?.annotations?.[REVISION] ?? 0),
      replicaSet,
    }))
    .sort((a, b) => a.revision - b.revision);
}

function withoutHash({ spec }: ReplicaSet): object {
  const template = spec?.template ?? {};
  const { 'pod-template-hash': _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}
