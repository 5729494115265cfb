import { isOwnedBy } from '../control-plane/identity.ts';
import type { Pod, ReplicaSet } from '../control-plane/resources.ts';
import { formatPairs } from './columns.ts';
import { templateLines } from './describe-template.ts';
import { formatFields, labelLines, line, nameLines, ownerLines } from './fields.ts';

/** `kubectl describe replicaset` without its events. */
export function describeReplicaSet(replicaSet: ReplicaSet, pods: readonly Pod[]): string {
  const { spec, status } = replicaSet;
  const own = pods.filter((pod) => isOwnedBy(pod, replicaSet));
  return formatFields([
    ...nameLines(replicaSet),
    line('Selector:', formatPairs(spec?.selector.matchLabels)),
    ...labelLines(replicaSet),
    ...ownerLines(replicaSet),
    line('Replicas:', `${status?.replicas ?? 0} current / ${spec?.replicas ?? 1} desired`),
    line('Pods Status:', formatPhases(own)),
    ...templateLines(spec?.template),
  ]);
}

function formatPhases(pods: readonly Pod[]): string {
  const count = (phase: string): number =>
    pods.filter(({ status }) => (status?.phase ?? 'Pending') === phase).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}
