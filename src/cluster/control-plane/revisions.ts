import { ApiError } from './api-error.ts';
import type { ControlPlane } from './control-plane.ts';
import type { ReplicaSet } from './resources.ts';

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

async function copyRevision(controlPlane: ControlPlane, { metadata }: ReplicaSet): Promise<void> {
  const revision = metadata?.annotations?.[REVISION];
  const owner = metadata?.ownerReferences?.find(({ kind }) => kind === 'Deployment');
  if (!owner || revision === undefined) return;
  const namespace = metadata?.namespace ?? 'default';
  const deployment = await controlPlane.get('Deployment', owner.name, namespace);
  const known = Number(deployment.metadata?.annotations?.[REVISION] ?? 0);
  if (known >= Number(revision)) return;
  const annotations = { [REVISION]: revision };
  await controlPlane.patch('Deployment', owner.name, namespace, { metadata: { annotations } });
}

/** The Deployment may be gone by now; then there is nothing to say it to. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
}
