import { ApiError } from './api-error.ts';
import type { ControlPlane } from './control-plane.ts';
import { identityOf } from './identity.ts';
import type { Deployment, ReplicaSet } from './resources.ts';

/** Which revision of its Deployment a ReplicaSet is, and which one a Deployment is at. */
export const REVISION = 'deployment.kubernetes.io/revision';

/**
 * Copies a new ReplicaSet's revision to its Deployment. The Deployment controller writes it with
 * the status, and the status call of webernetes 0.3.5 drops annotations.
 */
export function keepRevisions(controlPlane: ControlPlane): () => void {
  return controlPlane.watch('ReplicaSet', ({ type, object }) => {
    if (type !== 'delete') void copyRevision(controlPlane, object).catch(ignoreRefusal);
  });
}

async function copyRevision(controlPlane: ControlPlane, replicaSet: ReplicaSet): Promise<void> {
  const owner = replicaSet.metadata?.ownerReferences?.find(({ kind }) => kind === 'Deployment');
  if (!owner) return;
  const { namespace } = identityOf(replicaSet);
  const deployment = await controlPlane.get('Deployment', owner.name, namespace);
  const revision = revisionOf(replicaSet);
  if (revisionOf(deployment) >= revision) return;
  const annotations = { [REVISION]: String(revision) };
  await controlPlane.patch('Deployment', owner.name, namespace, { metadata: { annotations } });
}

function revisionOf({ metadata }: ReplicaSet | Deployment): number {
  return Number(metadata?.annotations?.[REVISION] ?? 0);
}

/** The Deployment may be gone by now; then there is nothing to say it to. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
}
