import { describePodStatus } from '../control-plane/pod-status.ts';
import type { Node, Pod } from '../control-plane/resources.ts';
import { formatAge } from './age.ts';
import { formatFields, formatTime, pairLines } from './fields.ts';

/** `kubectl describe node` without its events. */
export function describeNode({ metadata, spec, status }: Node, pods: readonly Pod[]): string {
  const own = pods.filter((pod) => pod.spec?.nodeName === metadata?.name);
  return formatFields([
    ['Name:', metadata?.name ?? ''],
    ['Roles:', '<none>'],
    ...pairLines('Labels:', metadata?.labels, '='),
    ...pairLines('Annotations:', metadata?.annotations, ': '),
    ['CreationTimestamp:', formatTime(metadata?.creationTimestamp)],
    ['Unschedulable:', String(spec?.unschedulable ?? false)],
    'Conditions:',
    ['  Type', 'Status', 'Reason', 'Message'],
    ['  ----', '------', '------', '-------'],
    ...(status?.conditions ?? []).map(({ type, status: is, reason, message }) => [
      `  ${type}`,
      is,
      reason ?? '',
      message ?? '',
    ]),
    'Addresses:',
    ...(status?.addresses ?? []).map(({ type, address }) => [`  ${type}:`, address]),
    ['PodCIDR:', spec?.podCIDR ?? '<none>'],
    `Non-terminated Pods:          (${own.length} in total)`,
    ['  Namespace', 'Name', 'Status', 'Age'],
    ['  ---------', '----', '------', '---'],
    ...own.map((pod) => [
      `  ${pod.metadata?.namespace}`,
      pod.metadata?.name ?? '',
      describePodStatus(pod).status,
      formatAge(pod.metadata?.creationTimestamp),
    ]),
  ]);
}
