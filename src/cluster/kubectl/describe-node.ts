import { identityOf } from '../control-plane/identity.ts';
import { describePodStatus } from '../control-plane/pod-status.ts';
import type { Node, Pod } from '../control-plane/resources.ts';
import { formatAge } from './age.ts';
import { formatFields, formatTime, labelLines, line, type FieldLine } from './fields.ts';

/** `kubectl describe node` without its events. */
export function describeNode(node: Node, pods: readonly Pod[]): string {
  const { metadata, spec, status } = node;
  const { name } = identityOf(node);
  return formatFields([
    line('Name:', name),
    line('Roles:', '<none>'),
    ...labelLines(node),
    line('CreationTimestamp:', formatTime(metadata?.creationTimestamp)),
    line('Unschedulable:', spec?.unschedulable, 'false'),
    ...conditionLines(node),
    'Addresses:',
    ...(status?.addresses ?? []).map(({ type, address }) => line(`  ${type}:`, address)),
    line('PodCIDR:', spec?.podCIDR),
    ...podLines(pods.filter((pod) => pod.spec?.nodeName === name)),
  ]);
}

function conditionLines({ status }: Node): readonly FieldLine[] {
  return [
    'Conditions:',
    ['  Type', 'Status', 'Reason', 'Message'],
    ['  ----', '------', '------', '-------'],
    ...(status?.conditions ?? []).map(({ type, status: is, reason, message }) => [
      `  ${type}`,
      is,
      reason ?? '',
      message ?? '',
    ]),
  ];
}

function podLines(pods: readonly Pod[]): readonly FieldLine[] {
  return [
    `Non-terminated Pods:          (${pods.length} in total)`,
    ['  Namespace', 'Name', 'Status', 'Age'],
    ['  ---------', '----', '------', '---'],
    ...pods.map((pod) => {
      const { name, namespace } = identityOf(pod);
      return [
        `  ${namespace}`,
        name,
        describePodStatus(pod).status,
        formatAge(pod.metadata?.creationTimestamp),
      ];
    }),
  ];
}
