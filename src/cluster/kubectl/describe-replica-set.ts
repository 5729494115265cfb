import type { Pod, ReplicaSet } from '../control-plane/resources.ts';
import { formatPairs } from './columns.ts';
import { templateLines } from './describe-template.ts';
import { formatFields, pairLines } from './fields.ts';

/** `kubectl describe replicaset` without its events. */
export function describeReplicaSet(
  { metadata, spec, status }: ReplicaSet,
  pods: readonly Pod[],
): string {
  const own = pods.filter((pod) =>
    pod.metadata?.ownerReferences?.some(({ uid }) => uid === metadata?.uid),
  );
  const inPhase = (phase: string): number =>
    own.filter((pod) => (pod.status?.phase ?? 'Pending') === phase).length;
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller);
  return formatFields([
    ['Name:', metadata?.name ?? ''],
    ['Namespace:', metadata?.namespace ?? ''],
    ['Selector:', formatPairs(spec?.selector.matchLabels)],
    ...pairLines('Labels:', metadata?.labels, '='),
    ...pairLines('Annotations:', metadata?.annotations, ': '),
    ...(owner ? [['Controlled By:', `${owner.kind}/${owner.name}`]] : []),
    ['Replicas:', `${status?.replicas ?? 0} current / ${spec?.replicas ?? 1} desired`],
    [
      'Pods Status:',
      `${inPhase('Running')} Running / ${inPhase('Pending')} Waiting / ${inPhase('Succeeded')} Succeeded / ${inPhase('Failed')} Failed`,
    ],
    ...templateLines(spec?.template?.metadata, spec?.template?.spec),
  ]);
}
